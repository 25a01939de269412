/** The routes of credits. */
@NullMarked
package io.mooring.billing.credits.http;

import org.jspecify.annotations.NullMarked;
