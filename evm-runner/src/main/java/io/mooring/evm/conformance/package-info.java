/** Ethereum's state tests: read from their JSON, run, and judged. */
@NullMarked
package io.mooring.evm.conformance;

import org.jspecify.annotations.NullMarked;
