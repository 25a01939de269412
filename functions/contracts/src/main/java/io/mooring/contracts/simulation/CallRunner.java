package io.mooring.contracts.simulation;

import io.mooring.contracts.simulation.CallRefused.Reason;
import io.mooring.evm.BlockContext;
import io.mooring.evm.Evm;
import io.mooring.evm.Tracer;
import io.mooring.evm.U256;
import io.mooring.evm.state.WorldState;
import io.mooring.evm.transaction.Transaction;
import io.mooring.evm.transaction.TransactionProcessor;
import io.mooring.evm.transaction.TransactionResult;

/** Runs one call on a state and forgets it. Thread-safe, as its engine is. */
public final class CallRunner {
  private final TransactionProcessor processor;

  public CallRunner(Evm evm) {
    this.processor = new TransactionProcessor(evm);
  }

  /**
   * What a call did, and the state it left.
   *
   * @param transaction as it was run
   */
  public record Ran(
      Transaction transaction, TransactionResult.Executed executed, WorldState state) {}

  public Ran run(CallSetting setting, CallRequest request, long gas) {
    return run(setting, request, gas, Tracer.NONE);
  }

  /**
   * @throws CallRefused if it cannot be run, or was stopped by a limit of ours
   */
  public Ran run(CallSetting setting, CallRequest request, long gas, Tracer tracer) {
    WorldState state = new WorldState(setting.state());
    Transaction transaction =
        request.transaction(setting.rules().chainId(), state.nonce(request.from()), gas);
    BlockContext block = request.namesFees() ? setting.block() : free(setting.block());
    CallChecks.check(
        transaction, request.from(), state.balance(request.from()), setting.rules(), block, false);

    TransactionResult result =
        processor.simulate(
            transaction,
            request.from(),
            setting.rules(),
            setting.precompiles(),
            block,
            state,
            tracer);
    return new Ran(transaction, executed(result, setting), state);
  }

  private static TransactionResult.Executed executed(
      TransactionResult result, CallSetting setting) {
    return switch (result) {
      case TransactionResult.Executed executed -> executed;
      case TransactionResult.Refused(var refusal) ->
          throw new IllegalStateException("a simulation refuses nothing, but " + refusal);
      case TransactionResult.Interrupted(var halt) ->
          throw new CallRefused(
              Reason.INTERRUPTED,
              "execution aborted: "
                  + halt
                  + " (timeout = "
                  + setting.rules().limits().wallMillisMax()
                  + " ms)");
    };
  }

  /** A block in which gas costs nothing, for calls that name no price. */
  static BlockContext free(BlockContext block) {
    return new BlockContext(
        block.number(),
        block.timestamp(),
        block.gasLimit(),
        block.coinbase(),
        block.difficulty(),
        U256.ZERO,
        block.blobBaseFee(),
        block.chainId(),
        block.hashes());
  }
}
