/**
 * CPC and ITC credits: double entry in integers, holds with one end, prices that are public, and
 * statements that an outsider can derive again.
 *
 * <p>Nothing here knows about HTTP, AWS or the clock; states are values, and every operation
 * returns the next one.
 */
@NullMarked
package io.mooring.billing;

import org.jspecify.annotations.NullMarked;
