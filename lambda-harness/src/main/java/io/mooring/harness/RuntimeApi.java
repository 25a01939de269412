package io.mooring.harness;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.mooring.harness.Invocation.Answered;
import io.mooring.harness.Invocation.Died;
import io.mooring.harness.Invocation.Failed;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Lambda Runtime API of one environment, on a loopback port of its own: hands out one
 * invocation at a time, and takes its response or its error.
 */
final class RuntimeApi implements AutoCloseable {
  private static final String ROOT = "/2018-06-01/runtime/";
  private static final Pattern OF_INVOCATION =
      Pattern.compile(ROOT + "invocation/([0-9a-f-]{36})/(response|error)");

  /** What a synchronous invocation may answer with, in bytes. */
  static final int PAYLOAD_BYTES_MAX = 6 * 1024 * 1024;

  private static final int OK = 200;
  private static final int ACCEPTED = 202;
  private static final int NOT_FOUND = 404;
  private static final int TOO_LARGE = 413;

  private final String arn;
  private final Runnable idle;
  private final HttpServer server;
  private final LinkedBlockingQueue<Invocation> next = new LinkedBlockingQueue<>();
  private final Map<String, Invocation> running = new ConcurrentHashMap<>();
  private volatile String initError = "";

  /** {@code idle} runs when the function asks for an event and there is none. */
  RuntimeApi(String arn, Runnable idle) throws IOException {
    this.arn = arn;
    this.idle = idle;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(ROOT, this::handle);
    server.start();
  }

  String address() {
    return server.getAddress().getAddress().getHostAddress() + ":" + server.getAddress().getPort();
  }

  void offer(Invocation invocation) {
    running.put(invocation.requestId(), invocation);
    next.add(invocation);
  }

  /** What the function said when it could not be initialised; empty if it has not. */
  String initError() {
    return initError;
  }

  /** Tells whoever waits that the process is gone. */
  void abandon(String why) {
    running.values().forEach(invocation -> invocation.outcome().complete(new Died(why)));
  }

  private void handle(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    byte[] body = exchange.getRequestBody().readAllBytes();
    Matcher of = OF_INVOCATION.matcher(path);
    if (path.equals(ROOT + "invocation/next")) {
      giveNext(exchange);
    } else if (of.matches()) {
      answer(exchange, take(of.group(1), of.group(2), body));
    } else if (path.equals(ROOT + "init/error")) {
      initError = new String(body, StandardCharsets.UTF_8);
      answer(exchange, ACCEPTED);
    } else {
      answer(exchange, NOT_FOUND);
    }
  }

  private void giveNext(HttpExchange exchange) throws IOException {
    try {
      Invocation invocation = next.poll();
      if (invocation == null) {
        idle.run();
        invocation = next.take();
      }
      var headers = exchange.getResponseHeaders();
      headers.set("Lambda-Runtime-Aws-Request-Id", invocation.requestId());
      headers.set(
          "Lambda-Runtime-Deadline-Ms", Long.toString(invocation.deadline().toEpochMilli()));
      headers.set("Lambda-Runtime-Invoked-Function-Arn", arn);
      headers.set(
          "Lambda-Runtime-Trace-Id", "Root=1-00000000-" + invocation.requestId().substring(0, 8));
      headers.set("Content-Type", "application/json");
      exchange.sendResponseHeaders(OK, invocation.event().length);
      exchange.getResponseBody().write(invocation.event());
      exchange.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      exchange.close();
    }
  }

  private int take(String requestId, String kind, byte[] body) {
    Invocation invocation = running.remove(requestId);
    if (invocation == null) {
      return NOT_FOUND;
    }
    if (body.length > PAYLOAD_BYTES_MAX) {
      invocation.outcome().complete(new Failed("Function.ResponseSizeTooLarge"));
      return TOO_LARGE;
    }
    invocation
        .outcome()
        .complete(
            kind.equals("response")
                ? new Answered(body)
                : new Failed(new String(body, StandardCharsets.UTF_8)));
    return ACCEPTED;
  }

  private static void answer(HttpExchange exchange, int status) throws IOException {
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
