/** Compares what is stored of a tenant's credits with what its whole log says, and freezes them. */
@NullMarked
package io.mooring.billing.reconciliation;

import org.jspecify.annotations.NullMarked;
