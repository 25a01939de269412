package io.mooring.contracts.rpc;

import io.mooring.contracts.simulation.AccessLists;
import io.mooring.contracts.simulation.BlockWitness;
import io.mooring.contracts.simulation.CallLimits;
import io.mooring.contracts.simulation.CallRunner;
import io.mooring.contracts.simulation.GasEstimate;
import io.mooring.contracts.simulation.Simulation;
import io.mooring.contracts.simulation.TransactionReplay;
import io.mooring.evm.Evm;
import java.util.function.LongSupplier;

/** All the ways in which methods execute something, on one engine. */
record Engines(
    CallRunner calls,
    GasEstimate estimates,
    AccessLists accessLists,
    Simulation simulations,
    TransactionReplay replays,
    BlockWitness witnesses) {
  static final CallLimits CALLS =
      new CallLimits(
          RpcLimit.RPC_CALL_GAS_MAX.value(),
          RpcLimit.RPC_CALL_MILLIS_MAX.value(),
          RpcLimit.RPC_CALL_HEAP_BYTES_MAX.value());

  /** A trace watches a transaction that is in a block, so its gas is bounded already. */
  static final CallLimits TRACES =
      new CallLimits(
          RpcLimit.RPC_CALL_GAS_MAX.value(),
          RpcLimit.RPC_TRACE_MILLIS_MAX.value(),
          RpcLimit.RPC_CALL_HEAP_BYTES_MAX.value());

  static Engines on(Evm evm, LongSupplier nanoTime) {
    CallRunner runner = new CallRunner(evm);
    return new Engines(
        runner,
        new GasEstimate(runner, nanoTime),
        new AccessLists(runner),
        new Simulation(evm, nanoTime),
        new TransactionReplay(evm, nanoTime),
        new BlockWitness(evm));
  }
}
