/**
 * Recursive length prefix, Ethereum's serialisation: one encoding for each value, all else refused.
 */
@NullMarked
package io.mooring.evm.rlp;

import org.jspecify.annotations.NullMarked;
