package io.mooring.platform.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.mooring.platform.limit.PlatformLimit;
import io.mooring.platform.problem.PlatformRefusal;
import io.mooring.platform.problem.Problem;
import io.mooring.platform.problem.Refusal;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The first and the last thing that happens to every request, whatever route it finds: its id, its
 * bounds, its log line, and a problem where the server itself gave up.
 */
@Singleton
public final class Edge {
  private static final Logger LOG = Logger.getLogger(Edge.class);
  private static final String OPERATIONS = "/q/";
  private static final long REQUEST_MILLIS_MAX =
      Duration.ofSeconds(PlatformLimit.REQUEST_SECONDS_MAX.value()).toMillis();

  /**
   * A body of at most so many bytes is there before anybody waits for it; a longer one is taken
   * from the connection by whoever may read it.
   */
  static final int SMALL_BODY_BYTES = 64 * 1024;

  private final MeterRegistry meters;
  private final BodyHandler smallBodies = BodyHandler.create(false);

  Edge(MeterRegistry meters) {
    this.meters = meters;
  }

  void stand(@Observes Router router) {
    router.route().order(Integer.MIN_VALUE).handler(this::begin).failureHandler(this::fail);
  }

  private void begin(RoutingContext exchange) {
    if (KeyInPath.moved(exchange)) {
      return;
    }
    long start = System.nanoTime();
    String requestId = RequestId.begin(exchange);
    exchange.response().putHeader("X-Content-Type-Options", "nosniff");
    if (!exchange.request().path().startsWith(OPERATIONS)) {
      exchange.addEndHandler(
          ended -> {
            RequestLog.write(exchange, requestId, System.nanoTime() - start);
            countRefusal(exchange);
          });
    }

    Deadline.set(exchange, REQUEST_MILLIS_MAX);
    long bodyBytes = declaredBodyBytes(exchange.request());
    if (headerBytes(exchange.request()) > PlatformLimit.HEADER_BYTES_MAX.value()) {
      refuse(exchange, PlatformRefusal.HEADERS_TOO_LARGE, "the headers exceed headerBytesMax");
    } else if (bodyBytes > PlatformLimit.BODY_BYTES_MAX.value()) {
      // What follows is not worth reading, so the connection ends with the answer.
      if (exchange.request().version() != HttpVersion.HTTP_2) {
        exchange.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
      }
      refuse(exchange, PlatformRefusal.BODY_TOO_LARGE, "Content-Length exceeds bodyBytesMax");
    } else if (bodyBytes > 0 && bodyBytes <= SMALL_BODY_BYTES) {
      smallBodies.handle(exchange);
    } else {
      exchange.next();
    }
  }

  private void countRefusal(RoutingContext exchange) {
    String code = RequestLog.code(exchange);
    if (!code.isEmpty()) {
      meters.counter("mooring.refusals", "code", code).increment();
    }
  }

  private void fail(RoutingContext exchange) {
    Refusal refusal = refusalOf(exchange.statusCode());
    Throwable failure = exchange.failure();
    if (refusal == PlatformRefusal.INTERNAL && failure != null) {
      LOG.errorf(failure, "request %s failed", RequestId.of(exchange));
    }
    refuse(exchange, refusal, refusal.title());
  }

  static Refusal refusalOf(int status) {
    return switch (status) {
      case 404 -> PlatformRefusal.NO_SUCH_ROUTE;
      case 405 -> PlatformRefusal.METHOD_NOT_ALLOWED;
      case 406 -> PlatformRefusal.NOT_ACCEPTABLE;
      case 413 -> PlatformRefusal.BODY_TOO_LARGE;
      case 415 -> PlatformRefusal.UNSUPPORTED_MEDIA_TYPE;
      case 431, 414 -> PlatformRefusal.HEADERS_TOO_LARGE;
      case 503 -> PlatformRefusal.OVERLOADED;
      default ->
          status >= 400 && status < 500
              ? PlatformRefusal.REQUEST_MALFORMED
              : PlatformRefusal.INTERNAL;
    };
  }

  /** Says of what an exchange is, where its route does not; one of a few words of the server's. */
  public static void noun(RoutingContext exchange, String noun) {
    RequestLog.named(exchange, noun);
  }

  /** Ends an exchange with a problem. */
  public static void refuse(RoutingContext exchange, Refusal refusal, String detail) {
    if (exchange.response().ended()) {
      return;
    }
    RequestLog.refusal(exchange, refusal);
    exchange
        .response()
        .setStatusCode(refusal.status())
        .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
        .end(Problem.of(refusal, detail, RequestId.of(exchange)).toJson());
  }

  private static long headerBytes(HttpServerRequest request) {
    long bytes = request.uri().length();
    for (Map.Entry<String, String> header : request.headers()) {
      bytes += header.getKey().length() + header.getValue().length();
    }
    return bytes;
  }

  private static long declaredBodyBytes(HttpServerRequest request) {
    @Nullable String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    return length == null ? 0 : Long.parseLong(length); // the HTTP decoder let only digits through
  }
}
