package io.mooring.platform.http;

import io.mooring.platform.http.TokenBucket.Taken;
import io.mooring.platform.identity.Caller;
import io.mooring.platform.identity.Plan;
import io.mooring.platform.limit.PlatformLimit;
import io.mooring.platform.problem.PlatformRefusal;
import io.mooring.platform.problem.RefusedException;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;

/**
 * Keeps every tenant to its plan's rate within this process, and strangers to a rate for each
 * address (draft-ietf-httpapi-ratelimit-headers-10). Across processes the gateway's usage plan
 * holds.
 */
@Singleton
public final class RateLimits {
  /** More addresses than this at once are made room for by forgetting the full buckets. */
  static final int BUCKETS_MAX = 100_000;

  private final ConcurrentMap<String, TokenBucket> buckets = new ConcurrentHashMap<>();
  private final SlowRefusals refusals;
  private final LongSupplier nanoTime;

  @Inject
  RateLimits(SlowRefusals refusals) {
    this(refusals, System::nanoTime);
  }

  RateLimits(SlowRefusals refusals, LongSupplier nanoTime) {
    this.refusals = refusals;
    this.nanoTime = nanoTime;
  }

  void take(Caller caller, RoutingContext exchange) {
    Plan plan = caller.plan();
    tell(exchange.response(), of(caller), plan.requestsPerSecond(), plan.burstRequests());
  }

  void takeAnonymous(RoutingContext exchange) {
    tell(
        exchange.response(),
        ofStranger(exchange.request().remoteAddress().hostAddress()),
        PlatformLimit.ANONYMOUS_REQUESTS_PER_SECOND.value(),
        PlatformLimit.ANONYMOUS_BURST_REQUESTS.value());
  }

  /** One request of a tenant. */
  Taken of(Caller caller) {
    Plan plan = caller.plan();
    String name = caller.tenant().value() + " " + plan.word();
    return take(name, plan.requestsPerSecond(), plan.burstRequests());
  }

  /** One request of somebody at an address, of whom no more is known. */
  Taken ofStranger(String address) {
    return take(
        address,
        PlatformLimit.ANONYMOUS_REQUESTS_PER_SECOND.value(),
        PlatformLimit.ANONYMOUS_BURST_REQUESTS.value());
  }

  private Taken take(String name, long perSecond, long burst) {
    long now = nanoTime.getAsLong();
    Taken taken = bucket(name, perSecond, burst, now).take(now);
    if (!taken.passed()) {
      refusals.pause(Duration.ofNanos(taken.turnNanos()));
    }
    return taken;
  }

  private static void tell(HttpServerResponse response, Taken taken, long perSecond, long burst) {
    // The policy is stated as what it is over the time in which a whole burst refills.
    long window = Math.ceilDiv(burst, perSecond);
    response.putHeader("RateLimit-Policy", "\"requests\";q=" + burst + ";w=" + window);
    response.putHeader(
        "RateLimit", "\"requests\";r=" + taken.remaining() + ";t=" + taken.resetSeconds());
    if (!taken.passed()) {
      response.putHeader("Retry-After", Long.toString(Math.max(1, taken.resetSeconds())));
      throw new RefusedException(
          PlatformRefusal.RATE_EXCEEDED, perSecond + " requests a second and no more");
    }
  }

  private TokenBucket bucket(String name, long perSecond, long burst, long now) {
    if (buckets.size() >= BUCKETS_MAX && !buckets.containsKey(name)) {
      buckets.values().removeIf(bucket -> bucket.isFull(now));
      if (buckets.size() >= BUCKETS_MAX) {
        throw new RefusedException(
            PlatformRefusal.OVERLOADED, "too many callers are counted at the moment");
      }
    }
    return buckets.computeIfAbsent(name, unseen -> new TokenBucket(perSecond, burst, now));
  }
}
