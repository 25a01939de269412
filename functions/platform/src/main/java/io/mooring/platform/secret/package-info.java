/** Secrets of the platform itself, and where they are kept. */
@NullMarked
package io.mooring.platform.secret;

import org.jspecify.annotations.NullMarked;
