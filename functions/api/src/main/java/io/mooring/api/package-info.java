/** The application: every capability over the stores that this process is configured with. */
@NullMarked
package io.mooring.api;

import org.jspecify.annotations.NullMarked;
