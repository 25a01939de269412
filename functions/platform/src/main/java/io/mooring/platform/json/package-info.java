/** JSON read strictly and written plainly. */
@NullMarked
package io.mooring.platform.json;

import org.jspecify.annotations.NullMarked;
