/** Reconciliation as the operator asks for it. */
@NullMarked
package io.mooring.billing.reconciliation.http;

import org.jspecify.annotations.NullMarked;
