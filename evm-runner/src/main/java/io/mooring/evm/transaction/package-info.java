/**
 * Transactions: their five forms, who signed them, what they cost at least, and their processing.
 */
@NullMarked
package io.mooring.evm.transaction;

import org.jspecify.annotations.NullMarked;
