/** The edge that every capability's resources stand behind: who calls, how much, in which form. */
@NullMarked
package io.mooring.platform.http;

import org.jspecify.annotations.NullMarked;
