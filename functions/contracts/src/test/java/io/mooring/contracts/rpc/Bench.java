package io.mooring.contracts.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import io.mooring.evm.interpreter.Interpreter;
import io.mooring.platform.TenantId;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** The dispatcher with all its methods on the imported chain. */
final class Bench implements AutoCloseable {
  static final TenantId TENANT = new TenantId("ten_vectors");

  final ImportedChain chain;
  final Turns turns = new Turns(2, 2, RpcLimit.RPC_HEAVY_CALLS_WAITING_MAX.intValue());
  final ConcurrentLinkedQueue<String> ended = new ConcurrentLinkedQueue<>();
  final Dispatcher dispatcher;
  final RpcSession session;

  Bench() {
    this(new ImportedChain(), System::nanoTime);
  }

  Bench(ImportedChain chain, LongSupplier nanoTime) {
    this.chain = chain;
    this.session = new RpcSession(chain, TENANT, "test", true);
    this.dispatcher =
        new Dispatcher(
            RpcMethods.of(
                "Mooring/test",
                new NoKeys(),
                new Interpreter(),
                nanoTime,
                new AtomicLong()::incrementAndGet),
            turns,
            (method, outcome, nanos) -> ended.add(method + " " + outcome));
  }

  /** The answer as text, empty where there is none. */
  String text(String request) {
    return text(request, session);
  }

  String text(String request, RpcSession as) {
    byte[] answer = dispatcher.answer(request.getBytes(StandardCharsets.UTF_8), as).join();
    return new String(answer, StandardCharsets.UTF_8);
  }

  JsonNode call(String method, String params) {
    return Vectors.read(text(request(method, params)).getBytes(StandardCharsets.UTF_8));
  }

  static String request(String method, String params) {
    return "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":" + params + "}";
  }

  @Override
  public void close() {
    turns.close();
  }
}
