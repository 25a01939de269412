package io.mooring.platform.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes the credential out of the path of those routes that have one there, for tools that cannot
 * send headers, and goes on with the path that has none. It comes before everything else, so that
 * no log line, metric or problem ever sees the key.
 */
final class KeyInPath {
  /** A chain's JSON-RPC: {@code /rpc/{ledger}/{api-key}}. */
  private static final Pattern RPC = Pattern.compile("/rpc/([^/]+)/([^/]+)/?");

  private KeyInPath() {}

  /** Whether the exchange begins anew on another path. */
  static boolean moved(RoutingContext exchange) {
    Matcher path = RPC.matcher(exchange.request().path());
    if (!path.matches()) {
      return false;
    }
    exchange.request().headers().set(HttpHeaders.AUTHORIZATION, "Bearer " + path.group(2));
    exchange.reroute("/v1/ledgers/" + path.group(1) + "/rpc");
    return true;
  }
}
