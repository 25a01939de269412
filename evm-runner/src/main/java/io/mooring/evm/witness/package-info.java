/**
 * Execution witnesses: all that a block's execution read, enough to run it again without a store.
 */
@NullMarked
package io.mooring.evm.witness;

import org.jspecify.annotations.NullMarked;
