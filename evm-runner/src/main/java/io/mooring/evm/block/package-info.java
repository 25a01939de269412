/** Blocks: headers, receipts, withdrawals, the roots over them, and where a chain begins. */
@NullMarked
package io.mooring.evm.block;

import org.jspecify.annotations.NullMarked;
