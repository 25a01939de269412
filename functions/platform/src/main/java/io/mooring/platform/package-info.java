/** What every capability stands on: who calls, the one way to change something, and the edge. */
@NullMarked
package io.mooring.platform;

import org.jspecify.annotations.NullMarked;
