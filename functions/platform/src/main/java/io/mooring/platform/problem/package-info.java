/** What a client is told when it is refused: RFC 9457 problems with stable codes. */
@NullMarked
package io.mooring.platform.problem;

import org.jspecify.annotations.NullMarked;
