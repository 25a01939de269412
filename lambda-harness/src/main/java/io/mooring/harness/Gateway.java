package io.mooring.harness;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.mooring.harness.Invocation.Answered;
import io.mooring.harness.Invocation.Died;
import io.mooring.harness.Invocation.Failed;
import io.mooring.harness.Invocation.Outcome;
import io.mooring.harness.Invocation.TimedOut;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An HTTP API in front of a function, or of two versions of it: every request becomes an event of
 * payload format 2.0, and the function's answer the reply.
 */
public final class Gateway implements AutoCloseable {
  /** What API Gateway takes, in bytes. */
  static final int BODY_BYTES_MAX = 10 * 1024 * 1024;

  private static final int PAYLOAD_TOO_LARGE = 413;
  private static final int INTERNAL_SERVER_ERROR = 500;
  private static final int SERVICE_UNAVAILABLE = 503;

  private final HttpServer server;
  private final AtomicInteger turn = new AtomicInteger();
  private volatile List<Function> functions;

  /** Listens on loopback; port 0 is any that is free. */
  public Gateway(int port, Function function) throws IOException {
    this.functions = List.of(function);
    this.server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  public URI url() {
    return URI.create(
        "http://"
            + server.getAddress().getAddress().getHostAddress()
            + ":"
            + server.getAddress().getPort());
  }

  /** Requests that come from now on go to these in turn. */
  public void serveBy(List<Function> others) {
    functions = List.copyOf(others);
  }

  private Function next() {
    List<Function> now = functions;
    return now.get(Math.floorMod(turn.getAndIncrement(), now.size()));
  }

  private void handle(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(BODY_BYTES_MAX + 1);
    if (body.length > BODY_BYTES_MAX) {
      reply(exchange, PAYLOAD_TOO_LARGE, "Request Entity Too Large");
      return;
    }
    byte[] event = HttpEvent.of(exchange, body);
    if (event.length > RuntimeApi.PAYLOAD_BYTES_MAX) {
      reply(exchange, PAYLOAD_TOO_LARGE, "Request Entity Too Large");
      return;
    }
    Outcome outcome = next().invoke(event);
    switch (outcome) {
      case Answered(byte[] payload) -> HttpEvent.reply(exchange, payload);
      case Failed(String error) -> reply(exchange, INTERNAL_SERVER_ERROR, error);
      case Died(String why) -> reply(exchange, INTERNAL_SERVER_ERROR, why);
      case TimedOut timedOut -> reply(exchange, SERVICE_UNAVAILABLE, "Service Unavailable");
    }
  }

  private static void reply(HttpExchange exchange, int status, String message) throws IOException {
    byte[] body = message.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/plain");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
