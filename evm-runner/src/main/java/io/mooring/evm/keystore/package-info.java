/** Secret keys in the encrypted files that wallets exchange. */
@NullMarked
package io.mooring.evm.keystore;

import org.jspecify.annotations.NullMarked;
