/** Differential fuzzing: random programs by seed, run by our engine and by independent ones. */
@NullMarked
package io.mooring.bench.fuzz;

import org.jspecify.annotations.NullMarked;
