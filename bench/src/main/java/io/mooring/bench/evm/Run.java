package io.mooring.bench.evm;

import io.mooring.evm.Address;
import io.mooring.evm.BlockContext;
import io.mooring.evm.Environment;
import io.mooring.evm.Evm;
import io.mooring.evm.Fork;
import io.mooring.evm.Limits;
import io.mooring.evm.Message;
import io.mooring.evm.Outcome;
import io.mooring.evm.TransactionContext;
import io.mooring.evm.U256;
import io.mooring.evm.state.Code;
import io.mooring.evm.state.MemoryState;
import io.mooring.evm.state.WorldState;
import java.util.List;

/**
 * A workload ready to be run again and again, each time on the state it began with: the code's
 * account and its caller, no storage.
 */
final class Run {
  private static final Address CALLER = Address.fromHex("ca11e4ca11e4ca11e4ca11e4ca11e4ca11e4ca11");
  private static final Address TARGET = Address.fromHex("7a46e77a46e77a46e77a46e77a46e77a46e77a46");
  private static final long BLOCK_GAS = 1_000_000_000;

  private final Evm evm;
  private final MemoryState state;
  private final Message message;
  private final Environment environment;

  Run(Evm evm, Workload workload) {
    this.evm = evm;
    this.state =
        new MemoryState()
            .put(TARGET, 1, U256.ZERO, Code.of(workload.code()))
            .put(CALLER, 0, U256.of(-1), Code.NONE);
    this.message = Message.call(CALLER, TARGET, U256.ZERO, workload.input(), workload.gas());
    BlockContext block =
        new BlockContext(
            1,
            1,
            BLOCK_GAS,
            Address.ZERO,
            U256.ZERO,
            U256.ZERO,
            U256.ONE,
            1,
            BlockContext.BlockHashes.NONE);
    this.environment =
        new Environment(
            Fork.OSAKA,
            block,
            new TransactionContext(CALLER, U256.ZERO, List.of()),
            Limits.STANDARD);
  }

  Outcome once() {
    WorldState world = new WorldState(state);
    world.beginTransaction();
    world.warm(CALLER);
    world.warm(TARGET);
    Outcome outcome = evm.execute(message, environment, world);
    if (!outcome.isSuccess()) {
      throw new IllegalStateException("a workload must succeed: " + outcome.halt());
    }
    return outcome;
  }
}
