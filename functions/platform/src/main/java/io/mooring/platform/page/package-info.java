/** Lists by pages: sizes with bounds, and page tokens that nobody can forge or carry over. */
@NullMarked
package io.mooring.platform.page;

import org.jspecify.annotations.NullMarked;
