/** The routes that payment providers call. */
@NullMarked
package io.mooring.billing.payments.http;

import org.jspecify.annotations.NullMarked;
