/** The engine's speed against its peers: the same code, input and gas for each, in one run. */
@NullMarked
package io.mooring.bench.evm;

import org.jspecify.annotations.NullMarked;
