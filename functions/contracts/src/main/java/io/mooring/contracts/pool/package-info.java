/**
 * Transactions that wait for a block: their order, their bounds, and how they outlive a process.
 */
@NullMarked
package io.mooring.contracts.pool;

import org.jspecify.annotations.NullMarked;
