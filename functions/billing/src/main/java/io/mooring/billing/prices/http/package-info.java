/** Prices over HTTP. */
@NullMarked
package io.mooring.billing.prices.http;

import org.jspecify.annotations.NullMarked;
