/** What one entry of a chain's ledger holds: a block, and all that came out of it. */
@NullMarked
package io.mooring.contracts.block;

import org.jspecify.annotations.NullMarked;
