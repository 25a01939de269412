/**
 * Money that a payment provider took, gave back or lost, as credits: the provider says what
 * happened by signed events, and each is applied once, in whatever order they come.
 */
@NullMarked
package io.mooring.billing.payments;

import org.jspecify.annotations.NullMarked;
