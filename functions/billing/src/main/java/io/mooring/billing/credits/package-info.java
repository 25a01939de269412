/**
 * The credits of tenants: purses that change by commits of a journal, and escrows that travel in
 * the commits of ledgers. The arithmetic is {@code tenant-billing}'s.
 */
@NullMarked
package io.mooring.billing.credits;

import org.jspecify.annotations.NullMarked;
