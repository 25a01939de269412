package io.mooring.contracts.rpc;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mooring.contracts.chain.ChainBlock;
import io.mooring.contracts.chain.ChainState;
import io.mooring.contracts.chain.Place;
import io.mooring.contracts.chain.PoolView;
import io.mooring.contracts.simulation.BlockOverrides;
import io.mooring.contracts.simulation.CallRequest;
import io.mooring.contracts.simulation.CallRunner;
import io.mooring.contracts.simulation.CallSetting;
import io.mooring.contracts.simulation.SimulatedState;
import io.mooring.contracts.simulation.StateOverrides;
import io.mooring.contracts.simulation.TransactionReplay;
import io.mooring.evm.Hash;
import io.mooring.evm.Tracer;
import io.mooring.evm.trace.TraceBudget;
import io.mooring.evm.witness.Witness;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Bytes as they are kept, and executions step by step. */
final class DebugMethods {
  private final Engines engines;

  private DebugMethods(Engines engines) {
    this.engines = engines;
  }

  static List<RpcMethod> on(Engines engines) {
    DebugMethods methods = new DebugMethods(engines);
    return List.of(
        RpcMethod.read(
            "debug_getRawHeader", 1, (a, s) -> Answer.data(block(a, s).header().encode())),
        RpcMethod.read("debug_getRawBlock", 1, (a, s) -> Answer.data(block(a, s).block().encode())),
        RpcMethod.read("debug_getRawReceipts", 1, DebugMethods::receipts),
        RpcMethod.read("debug_getRawTransaction", 1, DebugMethods::transaction),
        RpcMethod.compute("debug_traceTransaction", 2, methods::traceTransaction),
        RpcMethod.compute("debug_traceBlockByNumber", 2, methods::traceBlockByNumber),
        RpcMethod.compute("debug_traceBlockByHash", 2, methods::traceBlockByHash),
        RpcMethod.compute("debug_traceCall", 3, methods::traceCall),
        RpcMethod.compute("debug_executionWitness", 1, methods::witness));
  }

  // ---- bytes ----

  private static ChainBlock block(Arguments arguments, RpcSession session) {
    return session.blocks().get(arguments.required(0, BlockReference::of));
  }

  private static Answer receipts(Arguments arguments, RpcSession session) {
    ChainBlock block = block(arguments, session);
    return out -> out.list(block.receipts(), each -> out.text(Hex.data(each.encode())));
  }

  private static Answer transaction(Arguments arguments, RpcSession session) {
    Hash hash = arguments.required(0, Values::hash);
    Optional<PoolView.Waiting> waiting = session.chain().pool().find(hash);
    Optional<Place> place = session.chain().place(hash);
    if (place.isPresent()) {
      ChainBlock block = BlockMethods.at(session, place.get());
      return Answer.data(block.transactions().get(place.get().index()).encode());
    }
    return Answer.data(waiting.map(found -> found.transaction().encode()).orElse(new byte[0]));
  }

  // ---- traces ----

  private Answer traceTransaction(Arguments arguments, RpcSession session) {
    Hash hash = arguments.required(0, Values::hash);
    TraceRequest wanted = arguments.optional(1, TraceRequest::read).orElse(TraceRequest.USUAL);
    Place place =
        session
            .chain()
            .place(hash)
            .orElseThrow(() -> RpcError.server("transaction not found").exception());
    ChainBlock block = BlockMethods.at(session, place);
    TransactionReplay.Run run = begin(session, block);
    return limited(
        () -> {
          for (int before = 0; before < place.index(); before++) {
            run.next(Tracer.NONE);
          }
          return Answer.tree(trace(run, block, place.index(), wanted, budget()));
        });
  }

  private Answer traceBlockByNumber(Arguments arguments, RpcSession session) {
    BlockReference reference = arguments.required(0, BlockReference::numbered);
    return traceBlock(
        arguments,
        session,
        session
            .blocks()
            .find(reference)
            .orElseThrow(() -> RpcError.server("block not found").exception()));
  }

  private Answer traceBlockByHash(Arguments arguments, RpcSession session) {
    Hash hash = arguments.required(0, Values::hash);
    return traceBlock(
        arguments,
        session,
        session
            .chain()
            .block(hash)
            .orElseThrow(() -> RpcError.server("block " + hash + " not found").exception()));
  }

  private Answer traceBlock(Arguments arguments, RpcSession session, ChainBlock block) {
    TraceRequest wanted = arguments.optional(1, TraceRequest::read).orElse(TraceRequest.USUAL);
    if (block.number() == 0) {
      throw RpcError.server("genesis is not traceable").exception();
    }
    TransactionReplay.Run run = begin(session, block);
    TraceBudget budget = budget();
    List<ObjectNode> traces = new ArrayList<>();
    for (int i = 0; i < block.transactions().size(); i++) {
      int index = i;
      traces.add(limited(() -> trace(run, block, index, wanted, budget)));
    }
    return out -> {
      out.startArray();
      for (int i = 0; i < traces.size(); i++) {
        out.startObject()
            .hash("txHash", block.transactionHashes().get(i))
            .name("result")
            .tree(traces.get(i))
            .endObject();
      }
      out.endArray();
    };
  }

  private TransactionReplay.Run begin(RpcSession session, ChainBlock block) {
    return engines.replays().begin(session.chain(), block, before(session, block), Engines.TRACES);
  }

  private static ChainState before(RpcSession session, ChainBlock block) {
    return session
        .blocks()
        .state(session.blocks().get(new BlockReference.Number(block.number() - 1)));
  }

  /** Runs the block's next transaction, which is the one of that index. */
  private static ObjectNode trace(
      TransactionReplay.Run run,
      ChainBlock block,
      int index,
      TraceRequest wanted,
      TraceBudget budget) {
    Trace trace =
        wanted.begin(
            block.transactions().get(index).content(),
            block.senders().get(index),
            block.header().coinbase(),
            budget);
    TransactionReplay.Ran ran = run.next(trace.tracer());
    return whole(trace.result(ran.before(), ran.executed(), ran.changes()), budget);
  }

  private static TraceBudget budget() {
    return new TraceBudget(RpcLimit.RPC_TRACE_BYTES_MAX.value());
  }

  private static ObjectNode whole(ObjectNode trace, TraceBudget budget) {
    if (budget.isSpent()) {
      throw RpcError.limit(RpcLimit.RPC_TRACE_BYTES_MAX, "the trace is too large").exception();
    }
    return trace;
  }

  private static <T> T limited(Supplier<T> work) {
    return CallMethods.refusing(0, RpcLimit.RPC_TRACE_MILLIS_MAX, work);
  }

  private Answer traceCall(Arguments arguments, RpcSession session) {
    CallRequest request = arguments.required(0, CallJson::call);
    TraceRequest wanted = arguments.optional(2, TraceRequest::read).orElse(TraceRequest.USUAL);
    StateOverrides accounts =
        arguments
            .optional(
                2,
                json ->
                    Values.member(json, "stateOverrides", CallJson::stateOverrides)
                        .orElse(StateOverrides.NONE))
            .orElse(StateOverrides.NONE);
    BlockOverrides block =
        arguments
            .optional(
                2,
                json ->
                    Values.member(json, "blockOverrides", CallJson::blockOverrides)
                        .orElse(BlockOverrides.NONE))
            .orElse(BlockOverrides.NONE);
    long gas = CallMethods.gas(request, Engines.TRACES);
    TraceBudget budget = budget();
    return CallMethods.refusing(
        gas,
        RpcLimit.RPC_TRACE_MILLIS_MAX,
        () -> {
          CallSetting setting =
              CallMethods.setting(
                  session.blocks().standing(arguments.block(1)),
                  session,
                  accounts,
                  block,
                  Engines.TRACES);
          Trace trace =
              wanted.begin(
                  request.transaction(setting.rules().chainId(), 0, gas),
                  request.from(),
                  setting.block().coinbase(),
                  budget);
          CallRunner.Ran ran = engines.calls().run(setting, request, gas, trace.tracer());
          return Answer.tree(
              whole(
                  trace.result(
                      new SimulatedState(setting.state()), ran.executed(), ran.state().changes()),
                  budget));
        });
  }

  // ---- what an execution read ----

  /** As execution-apis has it: each list without twins, nodes and codes sorted, headers by age. */
  private Answer witness(Arguments arguments, RpcSession session) {
    BlockReference reference = arguments.required(0, BlockReference::of);
    if (reference instanceof BlockReference.Tag(var name) && name == BlockReference.Name.PENDING) {
      throw RpcError.invalidParams("no pending block was executed").exception();
    }
    ChainBlock block = session.blocks().get(reference);
    if (block.number() == 0) {
      throw RpcError.server("genesis was not executed").exception();
    }
    Witness witness =
        engines.witnesses().of(session.chain(), block, before(session, block), Engines.TRACES);
    return out -> {
      out.startObject();
      out.name("state").list(sorted(witness.state()), part -> out.text(Hex.data(part)));
      out.name("codes").list(sorted(witness.codes()), part -> out.text(Hex.data(part)));
      out.name("headers").list(witness.headers().reversed(), part -> out.text(Hex.data(part)));
      out.endObject();
    };
  }

  private static List<byte[]> sorted(List<byte[]> parts) {
    return parts.stream().sorted(Arrays::compareUnsigned).toList();
  }
}
