/** Objects by name: segments, payloads, and what is published as static files. */
@NullMarked
package io.mooring.platform.blob;

import org.jspecify.annotations.NullMarked;
