/** What every client of AWS is given before it is used. */
@NullMarked
package io.mooring.platform.aws;

import org.jspecify.annotations.NullMarked;
