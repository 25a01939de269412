/** {@code moor}: the command line, and the verifier that needs nobody's word. */
@NullMarked
package io.mooring.cli;

import org.jspecify.annotations.NullMarked;
