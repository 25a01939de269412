/** Load on the running product over HTTP, from the same machine. */
@NullMarked
package io.mooring.bench.http;

import org.jspecify.annotations.NullMarked;
