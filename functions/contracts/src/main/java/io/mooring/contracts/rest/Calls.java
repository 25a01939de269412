package io.mooring.contracts.rest;

import io.mooring.contracts.ContractRefusal;
import io.mooring.contracts.abi.Abi;
import io.mooring.contracts.chain.Chain;
import io.mooring.contracts.chain.ChainBlock;
import io.mooring.contracts.chain.ChainState;
import io.mooring.contracts.chain.StateUnavailableException;
import io.mooring.contracts.rpc.RpcException;
import io.mooring.contracts.rpc.RpcLimit;
import io.mooring.contracts.rpc.Turns;
import io.mooring.contracts.simulation.CallLimits;
import io.mooring.contracts.simulation.CallRefused;
import io.mooring.contracts.simulation.CallRequest;
import io.mooring.contracts.simulation.CallRunner;
import io.mooring.contracts.simulation.CallSetting;
import io.mooring.contracts.simulation.GasEstimate;
import io.mooring.contracts.simulation.TransactionReplay;
import io.mooring.evm.BlockContext;
import io.mooring.evm.Evm;
import io.mooring.evm.Halt;
import io.mooring.evm.Outcome;
import io.mooring.evm.Tracer;
import io.mooring.evm.block.BlockHeader;
import io.mooring.evm.precompile.Precompiles;
import io.mooring.evm.trace.Errors;
import io.mooring.evm.transaction.TransactionRules;
import io.mooring.platform.TenantId;
import io.mooring.platform.problem.PlatformRefusal;
import io.mooring.platform.problem.RefusedException;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/** Executions that change nothing, in the turns in which those of JSON-RPC run. Thread-safe. */
public final class Calls {
  static final CallLimits LIMITS =
      new CallLimits(
          RpcLimit.RPC_CALL_GAS_MAX.value(),
          RpcLimit.RPC_CALL_MILLIS_MAX.value(),
          RpcLimit.RPC_CALL_HEAP_BYTES_MAX.value());

  private final CallRunner runner;
  private final GasEstimate estimates;
  private final TransactionReplay replays;
  private final Turns turns;

  public Calls(Evm evm, Turns turns) {
    this.runner = new CallRunner(evm);
    this.estimates = new GasEstimate(runner, System::nanoTime);
    this.replays = new TransactionReplay(evm, System::nanoTime);
    this.turns = turns;
  }

  /** What a call gave, and which block's state it saw. */
  public record Called(byte[] output, long gasUsed, long block) {}

  /** Calls on the state after a block, under that block's header. */
  public Called call(TenantId tenant, Chain chain, ChainBlock block, CallRequest request, Abi abi) {
    var ran =
        inTurn(
            tenant,
            () ->
                runner.run(
                    setting(chain, block.header(), block.number()), request, LIMITS.gasMax()));
    Outcome outcome = ran.executed().outcome();
    if (!outcome.isSuccess()) {
      throw Reverts.refusal(abi, outcome);
    }
    return new Called(outcome.output(), ran.executed().gasUsed(), block.number());
  }

  /**
   * How much gas a transaction needs in the next block, whether that is made in this second or in
   * the one after: there is code that has more to do once a second has passed.
   */
  public long estimate(TenantId tenant, Chain chain, CallRequest request, Abi abi) {
    var result =
        inTurn(
            tenant,
            () -> {
              CallSetting next = setting(chain, chain.next(), chain.latest().number());
              return switch (estimates.of(next, request, LIMITS)) {
                case GasEstimate.Result.Enough(long now)
                    when estimates.of(later(next), request, LIMITS)
                        instanceof GasEstimate.Result.Enough(long then) ->
                    new GasEstimate.Result.Enough(Math.max(now, then));
                case GasEstimate.Result other -> other;
              };
            });
    return switch (result) {
      case GasEstimate.Result.Enough(long gas) -> gas;
      case GasEstimate.Result.Reverted(byte[] output) -> throw Reverts.reverted(abi, output);
      case GasEstimate.Result.Failed(Halt halt, long allowance) ->
          throw new RefusedException(
              ContractRefusal.CONTRACT_HALTED,
              Errors.of(halt, false) + " in the code, with " + allowance + " gas");
    };
  }

  /** How a transaction of a committed block ended, found by running it again. */
  public Outcome again(TenantId tenant, Chain chain, ChainBlock block, int index) {
    return inTurn(
        tenant,
        () -> {
          TransactionReplay.Run run =
              replays.begin(chain, block, state(chain, block.number() - 1), LIMITS);
          for (int before = 0; before < index; before++) {
            run.next(Tracer.NONE);
          }
          return run.next(Tracer.NONE).executed().outcome();
        });
  }

  private static CallSetting setting(Chain chain, BlockHeader header, long number) {
    TransactionRules rules = LIMITS.bound(chain.rules(header));
    return new CallSetting(
        rules, chain.context(header), state(chain, number).source(), Precompiles.of(rules.fork()));
  }

  private static CallSetting later(CallSetting setting) {
    BlockContext block = setting.block();
    return new CallSetting(
        setting.rules(),
        new BlockContext(
            block.number(),
            block.timestamp() + 1,
            block.gasLimit(),
            block.coinbase(),
            block.difficulty(),
            block.baseFee(),
            block.blobBaseFee(),
            block.chainId(),
            block.hashes()),
        setting.state(),
        setting.precompiles());
  }

  private static ChainState state(Chain chain, long number) {
    try {
      return chain.state(number);
    } catch (StateUnavailableException gone) {
      throw new RefusedException(
          ContractRefusal.STATE_NOT_KEPT, "the state after block " + number + " is not kept");
    }
  }

  private <T> T inTurn(TenantId tenant, Supplier<T> work) {
    try {
      return turns.take(tenant.value(), work).join();
    } catch (CompletionException failed) {
      throw switch (failed.getCause()) {
        case RefusedException refused -> refused;
        case CallRefused refused -> refusal(refused);
        case RpcException full ->
            new RefusedException(PlatformRefusal.OVERLOADED, full.error().message());
        case null, default -> failed;
      };
    }
  }

  private static RefusedException refusal(CallRefused refused) {
    return switch (refused.reason()) {
      case INTERRUPTED -> new RefusedException(ContractRefusal.CALL_TOO_HEAVY, refused.words());
      case INSUFFICIENT_FUNDS ->
          new RefusedException(ContractRefusal.SENDER_LACKS_FUNDS, refused.words());
      case NONCE_TOO_LOW,
          NONCE_TOO_HIGH,
          FEES,
          INTRINSIC_GAS,
          BLOCK_GAS_EXCEEDED,
          BLOCK_NUMBERS,
          BLOCK_TIMES,
          INIT_CODE_TOO_LARGE,
          TOO_MANY_BLOCKS,
          INVALID,
          OVERRIDES ->
          new RefusedException(ContractRefusal.TRANSACTION_INVALID, refused.words());
    };
  }
}
