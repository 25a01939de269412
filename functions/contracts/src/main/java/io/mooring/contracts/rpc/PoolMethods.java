package io.mooring.contracts.rpc;

import io.mooring.contracts.chain.PoolView;
import io.mooring.contracts.simulation.Checksum;
import io.mooring.evm.Address;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What waits for a block. */
final class PoolMethods {
  private PoolMethods() {}

  static List<RpcMethod> all() {
    return List.of(
        RpcMethod.read("txpool_status", 0, PoolMethods::status),
        RpcMethod.compute("txpool_content", 0, PoolMethods::content),
        RpcMethod.read("txpool_contentFrom", 1, PoolMethods::contentFrom));
  }

  private static Answer status(Arguments arguments, RpcSession session) {
    List<PoolView.Waiting> all = session.chain().pool().all();
    long executable = all.stream().filter(PoolView.Waiting::executable).count();
    return out ->
        out.startObject()
            .quantity("pending", executable)
            .quantity("queued", all.size() - executable)
            .endObject();
  }

  private static Answer content(Arguments arguments, RpcSession session) {
    Map<Address, List<PoolView.Waiting>> bySender = new LinkedHashMap<>();
    for (PoolView.Waiting waiting : session.chain().pool().all()) {
      bySender.computeIfAbsent(waiting.sender(), absent -> new ArrayList<>()).add(waiting);
    }
    return out ->
        writeBoth(
            out,
            executable -> {
              out.startObject();
              bySender.forEach(
                  (sender, waiting) -> {
                    if (waiting.stream().anyMatch(each -> each.executable() == executable)) {
                      out.name(Checksum.of(sender));
                      writeByNonce(out, waiting, executable);
                    }
                  });
              out.endObject();
            });
  }

  private static Answer contentFrom(Arguments arguments, RpcSession session) {
    List<PoolView.Waiting> waiting =
        session.chain().pool().of(arguments.required(0, Values::address));
    return out -> writeBoth(out, executable -> writeByNonce(out, waiting, executable));
  }

  private static void writeBoth(JsonOutput out, Consumer<Boolean> write) {
    out.startObject().name("pending");
    write.accept(true);
    out.name("queued");
    write.accept(false);
    out.endObject();
  }

  private static void writeByNonce(
      JsonOutput out, List<PoolView.Waiting> waiting, boolean executable) {
    out.startObject();
    for (PoolView.Waiting each : waiting) {
      if (each.executable() == executable) {
        out.name(Long.toUnsignedString(each.transaction().content().nonce()));
        TransactionJson.waiting(out, each);
      }
    }
    out.endObject();
  }
}
