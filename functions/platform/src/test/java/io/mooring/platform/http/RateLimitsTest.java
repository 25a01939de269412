package io.mooring.platform.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mooring.platform.TenantId;
import io.mooring.platform.identity.Caller;
import io.mooring.platform.identity.Mode;
import io.mooring.platform.identity.Plan;
import io.mooring.platform.limit.PlatformLimit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class RateLimitsTest {
  private static final long SECONDS = 20;
  private static final Plan PLAN = Plan.DEVELOPER;
  private static final Caller NOISY = caller("ten_noisy");
  private static final Caller QUIET = caller("ten_quiet");

  private static final SlowRefusals AT_ONCE =
      new SlowRefusals(() -> Duration.ZERO, SlowRefusalsTest::neverSleep);

  private long nanos;
  private final RateLimits rates = new RateLimits(AT_ONCE, () -> nanos);

  @Test
  void aTenantAtAHundredTimesItsRateGetsItsRateAndTakesNothingFromOthers() {
    long noise = 100 * PLAN.requestsPerSecond();
    long passed = 0;
    for (long sent = 1; sent <= noise * SECONDS; sent++) {
      nanos += Duration.ofSeconds(1).toNanos() / noise;
      passed += passes(() -> rates.of(NOISY));
      if (sent % 100 == 0) {
        assertEquals(1, passes(() -> rates.of(QUIET)), "the other sends as much as it may");
      }
    }

    long allowed = PLAN.burstRequests() + SECONDS * PLAN.requestsPerSecond();
    assertTrue(passed <= allowed && passed >= allowed - 1, passed + " of " + allowed);
  }

  @Test
  void whatIsRefusedHasItsTurnAtTheRateOfThePlanAndWithinASecond() throws Exception {
    List<Duration> turns = new ArrayList<>();
    var slow =
        new RateLimits(new SlowRefusals(() -> Duration.ofSeconds(9), turns::add), () -> nanos);
    long refused = 2L * PLAN.requestsPerSecond();

    Thread.ofVirtual()
        .start(
            () -> {
              for (long sent = 0; sent < PLAN.burstRequests() + refused; sent++) {
                slow.of(NOISY);
              }
            })
        .join();

    Duration each = Duration.ofSeconds(1).dividedBy(PLAN.requestsPerSecond());
    assertEquals(refused, turns.size());
    assertEquals(each, turns.getFirst());
    assertEquals(each.multipliedBy(100), turns.get(99));
    assertEquals(Duration.ofSeconds(1), turns.getLast());
    nanos += Duration.ofSeconds(1).toNanos() - 1;
    assertEquals(1, passes(() -> slow.of(NOISY)), "and what may pass never waits");
    assertEquals(refused, turns.size());
  }

  @Test
  void strangersAreKeptToTheirRateByAddress() {
    long burst = PlatformLimit.ANONYMOUS_BURST_REQUESTS.value();
    for (long sent = 0; sent < burst; sent++) {
      assertEquals(1, passes(() -> rates.ofStranger("192.0.2.1")));
    }

    assertEquals(0, passes(() -> rates.ofStranger("192.0.2.1")));
    assertEquals(1, passes(() -> rates.ofStranger("192.0.2.2")));
    assertEquals(1, passes(() -> rates.of(QUIET)));
  }

  private static long passes(Supplier<TokenBucket.Taken> request) {
    return request.get().passed() ? 1 : 0;
  }

  private static Caller caller(String tenant) {
    return new Caller(new TenantId(tenant), "key_1", Set.of(), Mode.LIVE, PLAN);
  }
}
