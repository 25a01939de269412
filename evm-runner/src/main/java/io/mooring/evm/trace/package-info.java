/** The traces that tools for Ethereum read, made from what a {@code Tracer} is told. */
@NullMarked
package io.mooring.evm.trace;

import org.jspecify.annotations.NullMarked;
