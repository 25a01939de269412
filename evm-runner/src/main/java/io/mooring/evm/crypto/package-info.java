/** The hash and the signatures of Ethereum; nothing here keeps a key. */
@NullMarked
package io.mooring.evm.crypto;

import org.jspecify.annotations.NullMarked;
