package io.mooring.contracts.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.mooring.evm.Address;
import io.mooring.evm.ContractAddress;
import io.mooring.evm.crypto.Secp256k1;
import io.mooring.evm.trace.CallTracer;
import io.mooring.evm.trace.PrestateTracer;
import io.mooring.evm.trace.StructLogTracer;
import io.mooring.evm.trace.TraceBudget;
import io.mooring.evm.trace.TraceOptions;
import io.mooring.evm.transaction.Transaction;
import java.util.ArrayList;
import java.util.List;

/** Which trace is wanted, and what it shall show. */
record TraceRequest(String tracer, JsonNode config, TraceOptions options) {
  static final TraceRequest USUAL =
      new TraceRequest("", JsonNodeFactory.instance.objectNode(), TraceOptions.USUAL);

  static TraceRequest read(JsonNode json) {
    Values.object(json);
    TraceOptions options =
        new TraceOptions(
            !flag(json, "disableStack"),
            flag(json, "enableMemory"),
            !flag(json, "disableStorage"),
            flag(json, "enableReturnData"));
    return new TraceRequest(
        Values.member(json, "tracer", Values::text).orElse(""),
        Values.member(json, "tracerConfig", Values::object).orElse(USUAL.config),
        options);
  }

  private static boolean flag(JsonNode json, String name) {
    return Values.member(json, name, Values::flag).orElse(false);
  }

  /**
   * @param budget of all the traces of one answer
   */
  Trace begin(Transaction transaction, Address sender, Address coinbase, TraceBudget budget) {
    return switch (tracer) {
      case "" -> new Trace.Steps(new StructLogTracer(options, budget));
      case "callTracer" ->
          new Trace.Calls(
              new CallTracer(
                  transaction.gasLimit(),
                  new CallTracer.Options(option("onlyTopCall"), option("withLog")),
                  budget));
      case "prestateTracer" ->
          new Trace.Prestate(
              new PrestateTracer(parties(transaction, sender, coinbase), budget),
              option("diffMode"));
      case "noopTracer" -> new Trace.Nothing();
      default ->
          throw RpcError.server("this tracer is not here: use callTracer, prestateTracer or none")
              .exception();
    };
  }

  private boolean option(String name) {
    try {
      return flag(config, name);
    } catch (InvalidValue invalid) {
      throw RpcError.invalidParams("tracerConfig: " + invalid.getMessage()).exception();
    }
  }

  private static List<Address> parties(Transaction transaction, Address sender, Address coinbase) {
    List<Address> parties = new ArrayList<>(List.of(sender, coinbase));
    parties.add(transaction.to().orElseGet(() -> ContractAddress.of(sender, transaction.nonce())));
    transaction
        .authorizations()
        .forEach(word -> word.authority(Secp256k1.fastest()).ifPresent(parties::add));
    return parties;
  }
}
