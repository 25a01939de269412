package io.mooring.platform.http;

import io.vertx.ext.web.RoutingContext;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Names one request in its answer, in its log line and in its problem. */
public final class RequestId {
  public static final String HEADER = "Request-Id";

  // A client's own id is kept when it cannot break a log line or a URN.
  private static final Pattern FROM_CLIENT = Pattern.compile("[A-Za-z0-9._-]{8,64}");
  private static final String KEY = "mooring.request";

  private RequestId() {}

  static String begin(RoutingContext exchange) {
    String sent = exchange.request().getHeader(HEADER);
    String id = isUsable(sent) ? sent : UUID.randomUUID().toString();
    exchange.put(KEY, id);
    exchange.response().putHeader(HEADER, id);
    return id;
  }

  static String of(RoutingContext exchange) {
    return exchange.get(KEY, "unknown");
  }

  private static boolean isUsable(@Nullable String sent) {
    return sent != null && FROM_CLIENT.matcher(sent).matches();
  }
}
