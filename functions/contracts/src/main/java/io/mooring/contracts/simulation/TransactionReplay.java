package io.mooring.contracts.simulation;

import io.mooring.contracts.chain.Chain;
import io.mooring.contracts.chain.ChainBlock;
import io.mooring.contracts.chain.ChainState;
import io.mooring.contracts.simulation.CallRefused.Reason;
import io.mooring.evm.BlockContext;
import io.mooring.evm.Evm;
import io.mooring.evm.Tracer;
import io.mooring.evm.block.BlockExecution;
import io.mooring.evm.state.StateChanges;
import io.mooring.evm.state.WorldState;
import io.mooring.evm.transaction.BlockSpace;
import io.mooring.evm.transaction.TransactionProcessor;
import io.mooring.evm.transaction.TransactionResult;
import io.mooring.evm.transaction.TransactionRules;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Runs the transactions of a committed block again, for whoever wants to watch them. */
public final class TransactionReplay {
  private final Evm evm;
  private final TransactionProcessor processor;
  private final LongSupplier nanoTime;

  public TransactionReplay(Evm evm, LongSupplier nanoTime) {
    this.evm = evm;
    this.processor = new TransactionProcessor(evm);
    this.nanoTime = nanoTime;
  }

  /**
   * A transaction that ran again, and what it made of the state before it.
   *
   * @param before as it is until the next transaction runs
   */
  public record Ran(
      SimulatedState before, TransactionResult.Executed executed, StateChanges changes) {}

  /**
   * A block before its first transaction.
   *
   * @param parent the state before the block
   * @param limits of all of it together
   */
  public Run begin(Chain chain, ChainBlock block, ChainState parent, CallLimits limits) {
    TransactionRules rules = limits.bound(chain.rules(block.header()));
    BlockContext context = chain.context(block.header());
    BlockExecution execution =
        new BlockExecution(evm, rules, context, parent.source(), parent.trie());
    execution.begin(block.header().parentHash(), block.header().parentBeaconBlockRoot());
    return new Run(block, rules, context, limits, parent, execution.changes());
  }

  /** A block on its way. Not thread-safe. */
  public final class Run {
    private final ChainBlock block;
    private final TransactionRules rules;
    private final BlockContext context;
    private final CallLimits limits;
    private final long deadline;
    private final SimulatedState state;
    private StateChanges last;
    private BlockSpace space;
    private int next;

    private Run(
        ChainBlock block,
        TransactionRules rules,
        BlockContext context,
        CallLimits limits,
        ChainState parent,
        StateChanges begun) {
      this.block = block;
      this.rules = rules;
      this.context = context;
      this.limits = limits;
      this.deadline = nanoTime.getAsLong() + Duration.ofMillis(limits.millisMax()).toNanos();
      this.state = new SimulatedState(parent.source());
      this.last = begun;
      this.space = new BlockSpace(context.gasLimit(), rules.blobs().blobGasMax());
    }

    /**
     * Runs the next transaction.
     *
     * @throws CallRefused if it, or the block so far, takes more than the limits
     */
    public Ran next(Tracer tracer) {
      if (nanoTime.getAsLong() - deadline > 0) {
        throw interrupted("the block takes too long");
      }
      state.apply(last);
      WorldState world = new WorldState(state);
      TransactionResult.Executed executed =
          executed(
              processor.process(
                  block.transactions().get(next).content(),
                  block.senders().get(next),
                  rules,
                  context,
                  space,
                  world,
                  tracer));
      last = world.changes();
      space = space.after(executed);
      next++;
      return new Ran(state, executed, last);
    }

    private TransactionResult.Executed executed(TransactionResult result) {
      return switch (result) {
        case TransactionResult.Executed executed -> executed;
        case TransactionResult.Refused(var refusal) ->
            throw new IllegalStateException("a committed transaction is refused: " + refusal);
        case TransactionResult.Interrupted(var halt) -> throw interrupted(halt.toString());
      };
    }

    private CallRefused interrupted(String why) {
      return new CallRefused(
          Reason.INTERRUPTED,
          "execution aborted: " + why + " (timeout = " + limits.millisMax() + " ms)");
    }
  }
}
