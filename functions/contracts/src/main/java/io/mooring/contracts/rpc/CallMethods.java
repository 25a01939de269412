package io.mooring.contracts.rpc;

import io.mooring.contracts.chain.ChainBlock;
import io.mooring.contracts.simulation.AccessLists;
import io.mooring.contracts.simulation.BlockOverrides;
import io.mooring.contracts.simulation.BlockSketch;
import io.mooring.contracts.simulation.CallLimits;
import io.mooring.contracts.simulation.CallRefused;
import io.mooring.contracts.simulation.CallRequest;
import io.mooring.contracts.simulation.CallRunner;
import io.mooring.contracts.simulation.CallSetting;
import io.mooring.contracts.simulation.GasEstimate;
import io.mooring.contracts.simulation.SimulatedBlock;
import io.mooring.contracts.simulation.SimulatedState;
import io.mooring.contracts.simulation.Simulation;
import io.mooring.contracts.simulation.StateOverrides;
import io.mooring.evm.BlockContext;
import io.mooring.evm.Halt;
import io.mooring.evm.Outcome;
import io.mooring.evm.block.Requests;
import io.mooring.evm.precompile.Precompiles;
import io.mooring.evm.state.StateSource;
import io.mooring.evm.trace.Errors;
import io.mooring.evm.transaction.TransactionRules;
import java.util.List;
import java.util.function.Supplier;

/** Calls that change nothing: one, many in blocks of their own, and what they would need. */
final class CallMethods {
  private final Engines engines;

  private CallMethods(Engines engines) {
    this.engines = engines;
  }

  static List<RpcMethod> on(Engines engines) {
    CallMethods methods = new CallMethods(engines);
    return List.of(
        RpcMethod.compute("eth_call", 4, methods::call),
        RpcMethod.compute("eth_estimateGas", 4, methods::estimate),
        RpcMethod.compute("eth_createAccessList", 3, methods::accessList),
        RpcMethod.compute("eth_simulateV1", 2, methods::simulate));
  }

  // ---- where a call runs ----

  static CallSetting setting(Arguments arguments, RpcSession session, CallLimits limits) {
    StateOverrides accounts =
        arguments.optional(2, CallJson::stateOverrides).orElse(StateOverrides.NONE);
    BlockOverrides block =
        arguments.optional(3, CallJson::blockOverrides).orElse(BlockOverrides.NONE);
    return setting(session.blocks().standing(arguments.block(1)), session, accounts, block, limits);
  }

  static CallSetting setting(
      Blocks.Standing standing,
      RpcSession session,
      StateOverrides accounts,
      BlockOverrides block,
      CallLimits limits) {
    TransactionRules rules = limits.bound(session.chain().rules(standing.header()));
    BlockContext context = block.apply(session.chain().context(standing.header()));
    StateSource source = standing.state().source();
    Precompiles precompiles = accounts.precompiles(Precompiles.of(rules.fork()));
    StateSource state =
        accounts.equals(StateOverrides.NONE)
            ? source
            : new SimulatedState(source).apply(accounts.changes(source));
    return new CallSetting(rules, context, state, precompiles);
  }

  static long gas(CallRequest request, CallLimits limits) {
    Long named = request.gas();
    return named == null || Long.compareUnsigned(named, limits.gasMax()) > 0
        ? limits.gasMax()
        : named;
  }

  // ---- the methods ----

  private Answer call(Arguments arguments, RpcSession session) {
    CallRequest request = arguments.required(0, CallJson::call);
    long gas = gas(request, Engines.CALLS);
    Outcome outcome =
        refusing(
            gas,
            () ->
                engines
                    .calls()
                    .run(setting(arguments, session, Engines.CALLS), request, gas)
                    .executed()
                    .outcome());
    return switch (outcome.status()) {
      case SUCCESS -> Answer.data(outcome.output());
      case REVERTED -> throw RpcError.reverted(outcome.output()).exception();
      case HALTED, INTERRUPTED ->
          throw RpcError.server(Errors.of(outcome.halt(), false)).exception();
    };
  }

  private Answer estimate(Arguments arguments, RpcSession session) {
    CallRequest request = arguments.required(0, CallJson::call);
    GasEstimate.Result result =
        refusing(
            gas(request, Engines.CALLS),
            () ->
                engines
                    .estimates()
                    .of(setting(arguments, session, Engines.CALLS), request, Engines.CALLS));
    return Answer.quantity(gas(result));
  }

  static long gas(GasEstimate.Result result) {
    return switch (result) {
      case GasEstimate.Result.Enough(long gas) -> gas;
      case GasEstimate.Result.Reverted(byte[] output) ->
          throw RpcError.reverted(output).exception();
      case GasEstimate.Result.Failed failed ->
          throw RpcError.server(
                  failed.halt() == Halt.OUT_OF_GAS
                      ? "gas required exceeds allowance (" + failed.allowance() + ")"
                      : Errors.of(failed.halt(), false))
              .exception();
    };
  }

  private Answer accessList(Arguments arguments, RpcSession session) {
    CallRequest request = arguments.required(0, CallJson::call);
    long gas = gas(request, Engines.CALLS);
    AccessLists.Result result =
        refusing(
            gas,
            () ->
                engines.accessLists().of(setting(arguments, session, Engines.CALLS), request, gas));
    CallRunner.Ran ran = result.ran();
    return out -> {
      out.startObject();
      TransactionJson.writeAccessList(out.name("accessList"), result.accessList());
      Outcome outcome = ran.executed().outcome();
      if (!outcome.isSuccess()) {
        out.text("error", error(outcome));
      }
      out.quantity("gasUsed", ran.executed().gasUsed()).endObject();
    };
  }

  private static String error(Outcome outcome) {
    return Errors.of(outcome.halt(), outcome.status() == Outcome.Status.REVERTED);
  }

  private Answer simulate(Arguments arguments, RpcSession session) {
    arguments.required(0, Values::object);
    List<BlockSketch> sketches =
        arguments.required(
            0,
            json ->
                Values.member(json, "blockStateCalls", list -> Values.list(list, CallJson::sketch))
                    .orElse(List.of()));
    if (sketches.isEmpty()) {
      throw RpcError.invalidParams("empty input").exception();
    }
    if (sketches.size() > RpcLimit.RPC_SIMULATED_BLOCKS_MAX.value()) {
      throw RpcError.of(RpcCodes.CLIENT_LIMIT_EXCEEDED, "too many blocks").exception();
    }
    boolean whole = option(arguments, "returnFullTransactions");
    Simulation.Options how =
        new Simulation.Options(
            option(arguments, "validation"),
            option(arguments, "traceTransfers"),
            RpcLimit.RPC_SIMULATED_BLOCKS_MAX.intValue(),
            Requests.DEPOSIT_CONTRACT);
    ChainBlock base = session.blocks().get(arguments.block(1));
    List<SimulatedBlock> blocks;
    try {
      blocks =
          engines
              .simulations()
              .run(
                  session.chain(),
                  base,
                  session.blocks().state(base),
                  sketches,
                  how,
                  Engines.CALLS);
    } catch (CallRefused refused) {
      throw RpcError.of(RpcCodes.ofSimulation(refused.reason()), refused.words()).exception();
    }
    return out -> out.list(blocks, block -> SimulatedJson.write(out, block, whole));
  }

  private static boolean option(Arguments arguments, String name) {
    return arguments.required(0, json -> Values.member(json, name, Values::flag).orElse(false));
  }

  /** Says of a call that could not be run why, as go-ethereum does. */
  static <T> T refusing(long gas, Supplier<T> work) {
    return refusing(gas, RpcLimit.RPC_CALL_MILLIS_MAX, work);
  }

  /**
   * @param time what stopped it, if it was stopped
   */
  static <T> T refusing(long gas, RpcLimit time, Supplier<T> work) {
    try {
      return work.get();
    } catch (CallRefused refused) {
      throw switch (refused.reason()) {
        case INTERRUPTED -> RpcError.limit(time, refused.words()).exception();
        case OVERRIDES -> RpcError.server(refused.words()).exception();
        case NONCE_TOO_LOW,
            NONCE_TOO_HIGH,
            FEES,
            INTRINSIC_GAS,
            INSUFFICIENT_FUNDS,
            BLOCK_GAS_EXCEEDED,
            BLOCK_NUMBERS,
            BLOCK_TIMES,
            INIT_CODE_TOO_LARGE,
            TOO_MANY_BLOCKS,
            INVALID ->
            RpcError.server(
                    "err: "
                        + refused.words()
                        + " (supplied gas "
                        + Long.toUnsignedString(gas)
                        + ")")
                .exception();
      };
    }
  }
}
