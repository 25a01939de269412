package io.mooring.contracts.rpc.http;

import io.mooring.contracts.rpc.Dispatcher;
import io.mooring.contracts.rpc.RpcConnection;
import io.mooring.contracts.rpc.RpcLimit;
import io.mooring.contracts.rpc.RpcSession;
import io.mooring.platform.http.Credential;
import io.mooring.platform.http.Edge;
import io.mooring.platform.identity.Caller;
import io.mooring.platform.problem.PlatformRefusal;
import io.mooring.platform.problem.RefusedException;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.random.RandomGenerator;

/** JSON-RPC over WebSocket, at the path that takes POST too. */
@Singleton
final class RpcSockets {
  /** How often a credential is judged again under a connection that stays. */
  private static final long JUDGED_AGAIN_MILLIS = 60_000;

  private final RpcAccess access;
  private final Dispatcher dispatcher;
  private final Credential credential;
  private final Map<String, Integer> connections = new ConcurrentHashMap<>();
  private final RandomGenerator random = new SecureRandom();

  /** As many as connections and their unanswered requests, both of which are bounded. */
  private final ExecutorService tasks =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("rpc-socket-", 0).factory());

  RpcSockets(RpcAccess access, Dispatcher dispatcher, Credential credential) {
    this.access = access;
    this.dispatcher = dispatcher;
    this.credential = credential;
  }

  void stand(@Observes Router router) {
    router.get("/v1/ledgers/:ledger/rpc").handler(this::handle);
  }

  private void handle(RoutingContext exchange) {
    String upgrade = exchange.request().getHeader(HttpHeaders.UPGRADE);
    if (!"websocket".equalsIgnoreCase(upgrade)) {
      exchange.next();
      return;
    }
    exchange.request().pause();
    exchange
        .vertx()
        .executeBlocking(() -> admitted(exchange), false)
        .onSuccess(session -> upgrade(exchange, session))
        .onFailure(failure -> refuse(exchange, failure));
  }

  private RpcSession admitted(RoutingContext exchange) {
    Optional<Caller> caller = credential.judge(exchange);
    RpcSession session = access.session(caller, exchange.pathParam("ledger"));
    int most = RpcLimit.RPC_CONNECTIONS_MAX.intValue();
    connections.merge(session.line(), 1, Integer::sum);
    if (connections.getOrDefault(session.line(), 0) > most) {
      gone(session.line());
      throw new RefusedException(
          PlatformRefusal.RATE_EXCEEDED, "the tenant has rpcConnectionsMax connections open");
    }
    return session;
  }

  private void gone(String line) {
    connections.computeIfPresent(line, (who, count) -> count == 1 ? null : count - 1);
  }

  private static void refuse(RoutingContext exchange, Throwable failure) {
    exchange.request().resume();
    if (failure instanceof RefusedException refused) {
      Edge.refuse(exchange, refused.refusal(), refused.detail());
    } else {
      exchange.fail(failure);
    }
  }

  private void upgrade(RoutingContext exchange, RpcSession session) {
    exchange
        .request()
        .toWebSocket()
        .onSuccess(socket -> open(exchange, socket, session))
        .onFailure(
            failure -> {
              gone(session.line());
              exchange.fail(failure);
            });
  }

  private void open(RoutingContext exchange, ServerWebSocket socket, RpcSession session) {
    RpcConnection connection =
        new RpcConnection(dispatcher, session, new SocketChannel(socket), tasks, random::nextLong);
    socket.textMessageHandler(text -> connection.received(text.getBytes(StandardCharsets.UTF_8)));
    socket.binaryMessageHandler(bytes -> connection.received(bytes.getBytes()));
    Vertx vertx = exchange.vertx();
    long timer =
        vertx.setPeriodic(
            JUDGED_AGAIN_MILLIS,
            tick ->
                vertx
                    .executeBlocking(() -> judgedAgain(exchange), false)
                    .onFailure(
                        refused -> {
                          short code = (short) RpcConnection.CLOSED_FOR_POLICY;
                          socket.close(code, "the credential no longer holds");
                        }));
    socket.closeHandler(
        closed -> {
          vertx.cancelTimer(timer);
          connection.close();
          gone(session.line());
        });
  }

  private RpcSession judgedAgain(RoutingContext exchange) {
    return access.session(credential.again(exchange), exchange.pathParam("ledger"));
  }

  /** A socket whose writers wait while the client does not read. */
  private static final class SocketChannel implements RpcConnection.Channel {
    private final ServerWebSocket socket;
    private final Semaphore room = new Semaphore(1);

    SocketChannel(ServerWebSocket socket) {
      this.socket = socket;
    }

    @Override
    public void send(byte[] message) throws InterruptedException {
      room.acquire();
      socket
          .writeTextMessage(new String(message, StandardCharsets.UTF_8))
          .onComplete(written -> room.release());
    }

    @Override
    public void close(int code, String reason) {
      socket.close((short) code, reason);
    }
  }
}
