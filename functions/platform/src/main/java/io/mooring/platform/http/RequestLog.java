package io.mooring.platform.http;

import io.mooring.platform.TenantId;
import io.mooring.platform.problem.Refusal;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * One line for each request: tenant, noun, outcome, millis and the request's id; never a payload, a
 * header, a query or a token.
 */
final class RequestLog {
  private static final Logger LOG = Logger.getLogger("io.mooring.request");
  private static final String TENANT = "mooring.tenant";
  private static final String NOUN = "mooring.noun";
  private static final String REFUSAL = "mooring.refusal";
  private static final String UNKNOWN = "-";

  private RequestLog() {}

  static void tenant(RoutingContext exchange, TenantId tenant) {
    exchange.put(TENANT, tenant.value());
  }

  /** Remembers the noun of a route that exists, so that nothing a client made up is logged. */
  static void noun(RoutingContext exchange, String path) {
    String[] parts = path.split("/", 4);
    int first = parts[0].isEmpty() ? 1 : 0;
    boolean versioned = parts.length > first + 1 && parts[first].equals("v1");
    exchange.put(NOUN, versioned ? parts[first + 1] : parts[first]);
  }

  /** One of a few names that the server has chosen. */
  static void named(RoutingContext exchange, String noun) {
    exchange.put(NOUN, noun);
  }

  static void refusal(RoutingContext exchange, Refusal refusal) {
    exchange.put(REFUSAL, refusal.code());
  }

  static String code(RoutingContext exchange) {
    return exchange.get(REFUSAL, "");
  }

  static void write(RoutingContext exchange, String requestId, long nanos) {
    String code = code(exchange);
    LOG.info(
        "tenant="
            + exchange.get(TENANT, UNKNOWN)
            + " noun="
            + exchange.get(NOUN, UNKNOWN)
            + " outcome="
            + exchange.response().getStatusCode()
            + (code.isEmpty() ? "" : "/" + code)
            + " millis="
            + TimeUnit.NANOSECONDS.toMillis(nanos)
            + " request="
            + requestId);
  }
}
