package io.mooring.harness;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

/**
 * API Gateway's {@code @connections} API: keeps what each connection was sent, in order, and says
 * of one that is not open that it is gone.
 */
public final class Connections implements AutoCloseable {
  private static final String PATH = "/v1/@connections/";
  private static final int OK = 200;
  private static final int NO_CONTENT = 204;
  private static final int GONE = 410;
  private static final int NO_BODY = -1;

  private final HttpServer server;
  private final Map<String, List<String>> open = new ConcurrentHashMap<>();
  private final Set<String> cut = new HashSet<>();

  /** Listens on loopback, on any port that is free. */
  public Connections() throws IOException {
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  /** What functions are told as the API's address. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1");
  }

  public void open(String connection) {
    open.put(connection, new ArrayList<>());
  }

  /** The client goes away without a word. */
  public void lose(String connection) {
    open.remove(connection);
  }

  /** What was sent to a connection that is open. */
  public List<String> sent(String connection) {
    List<String> messages = open.getOrDefault(connection, List.of());
    synchronized (messages) {
      return List.copyOf(messages);
    }
  }

  /** Whether a function has ended the connection. */
  public synchronized boolean isCut(String connection) {
    return cut.contains(connection);
  }

  private void handle(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    String path = exchange.getRequestURI().getRawPath();
    String connection = URLDecoder.decode(path.substring(PATH.length()), StandardCharsets.UTF_8);
    List<String> messages = open.get(connection);
    int status;
    if (messages == null) {
      exchange.getResponseHeaders().set("X-Amzn-ErrorType", "GoneException");
      status = GONE;
    } else if (exchange.getRequestMethod().equals("DELETE")) {
      cut(connection);
      status = NO_CONTENT;
    } else {
      synchronized (messages) {
        messages.add(new String(body, StandardCharsets.UTF_8));
      }
      status = OK;
    }
    exchange.sendResponseHeaders(status, NO_BODY);
    exchange.close();
  }

  private synchronized void cut(String connection) {
    open.remove(connection);
    cut.add(connection);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
