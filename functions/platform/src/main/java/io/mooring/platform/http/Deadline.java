package io.mooring.platform.http;

import io.mooring.platform.problem.PlatformRefusal;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;

/**
 * How long a request may wait for its answer to begin. Behind the gateway it would be cut off a
 * little later and without a word; here it is told what it may do.
 */
final class Deadline {
  private static final String WEBSOCKET = "websocket";

  private Deadline() {}

  /** A stream that has begun, and a WebSocket, have no deadline. */
  static void set(RoutingContext exchange, long millis) {
    if (WEBSOCKET.equalsIgnoreCase(exchange.request().getHeader(HttpHeaders.UPGRADE))) {
      return;
    }
    long timer =
        exchange
            .vertx()
            .setTimer(
                millis,
                fired -> {
                  if (!exchange.response().headWritten()) {
                    Edge.refuse(
                        exchange,
                        PlatformRefusal.OUTCOME_UNKNOWN,
                        "the answer takes longer than requestSecondsMax");
                  }
                });
    exchange.addEndHandler(ended -> exchange.vertx().cancelTimer(timer));
  }
}
