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
import java.util.function.Function;

/** Runs the transactions of a committed block again, for whoever wants to watch one. */
public final class TransactionReplay {
  private final Evm evm;
  private final TransactionProcessor processor;

  public TransactionReplay(Evm evm) {
    this.evm = evm;
    this.processor = new TransactionProcessor(evm);
  }

  /** A transaction that ran again: the state it found, and what it made of it. */
  public record Ran(
      SimulatedState before, TransactionResult.Executed executed, StateChanges changes) {}

  /**
   * @param parent the state before the block
   * @param index the transaction's, in the block
   * @param tracer made when the state before the transaction is known
   */
  public Ran run(
      Chain chain,
      ChainBlock block,
      ChainState parent,
      int index,
      CallLimits limits,
      Function<SimulatedState, Tracer> tracer) {
    TransactionRules rules = limits.bound(chain.rules(block.header()));
    BlockContext context = chain.context(block.header());
    BlockExecution execution =
        new BlockExecution(evm, rules, context, parent.source(), parent.trie());
    execution.begin(block.header().parentHash(), block.header().parentBeaconBlockRoot());
    for (int i = 0; i < index; i++) {
      executed(execution.add(block.transactions().get(i)), limits);
    }
    SimulatedState before = new SimulatedState(parent.source()).apply(execution.changes());
    WorldState state = new WorldState(before);

    TransactionResult result =
        processor.process(
            block.transactions().get(index).content(),
            block.senders().get(index),
            rules,
            context,
            new BlockSpace(
                context.gasLimit() - execution.gasUsed(),
                rules.blobs().blobGasMax() - execution.blobGasUsed()),
            state,
            tracer.apply(before));
    return new Ran(before, executed(result, limits), state.changes());
  }

  private static TransactionResult.Executed executed(TransactionResult result, CallLimits limits) {
    return switch (result) {
      case TransactionResult.Executed executed -> executed;
      case TransactionResult.Refused(var refusal) ->
          throw new IllegalStateException("a committed transaction is refused: " + refusal);
      case TransactionResult.Interrupted(var halt) ->
          throw new CallRefused(
              Reason.INTERRUPTED,
              "execution aborted: " + halt + " (timeout = " + limits.millisMax() + " ms)");
    };
  }
}
