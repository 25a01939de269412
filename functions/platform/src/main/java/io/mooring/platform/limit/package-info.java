/** The numbers that are enforced, and published as what they are. */
@NullMarked
package io.mooring.platform.limit;

import org.jspecify.annotations.NullMarked;
