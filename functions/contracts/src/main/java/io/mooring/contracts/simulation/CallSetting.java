package io.mooring.contracts.simulation;

import io.mooring.evm.BlockContext;
import io.mooring.evm.precompile.Precompiles;
import io.mooring.evm.state.StateSource;
import io.mooring.evm.transaction.TransactionRules;

/** Where a call runs: under which rules, in which block, on which state. */
public record CallSetting(
    TransactionRules rules, BlockContext block, StateSource state, Precompiles precompiles) {}
