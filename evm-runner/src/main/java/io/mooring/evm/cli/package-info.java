/** The command line in go-ethereum's convention: state tests, single runs and state transitions. */
@NullMarked
package io.mooring.evm.cli;

import org.jspecify.annotations.NullMarked;
