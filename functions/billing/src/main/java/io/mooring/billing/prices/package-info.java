/** The price sheets of this deployment, for everybody to read. */
@NullMarked
package io.mooring.billing.prices;

import org.jspecify.annotations.NullMarked;
