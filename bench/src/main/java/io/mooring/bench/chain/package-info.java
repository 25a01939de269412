/** Token transfers to a chain, ours or another's. */
@NullMarked
package io.mooring.bench.chain;

import org.jspecify.annotations.NullMarked;
