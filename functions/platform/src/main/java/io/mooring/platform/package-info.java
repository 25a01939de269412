@NullMarked
package io.mooring.platform;

import org.jspecify.annotations.NullMarked;
