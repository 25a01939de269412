package io.mooring.billing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.mooring.billing.FreeQuota.Use;
import io.mooring.billing.FreeQuota.Used;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FreeQuotaTest {
  private static final long DAY = 86_400_000;

  private final FreeQuota quota = new FreeQuota(100, 5, Duration.ofSeconds(10));

  @Test
  void isUsedUpAndComesBackTheNextDay() {
    FreeQuota roomy = new FreeQuota(3, 100, Duration.ofMillis(1));
    Use first = roomy.use(Used.NOTHING, 2, DAY);
    Use second = roomy.use(first.used(), 2, DAY + 1);
    assertEquals(2, first.free());
    assertEquals(1, second.free());
    assertEquals(0, roomy.use(second.used(), 1, 2 * DAY - 1).free());
    assertEquals(1, roomy.use(second.used(), 1, 2 * DAY).free());
  }

  @Test
  void whatComesTooFastIsNotFree() {
    Use burst = quota.use(Used.NOTHING, 8, DAY);
    assertEquals(5, burst.free());
    assertEquals(0, quota.use(burst.used(), 1, DAY + 9_999).free());
    assertEquals(1, quota.use(burst.used(), 2, DAY + 10_000).free());
    assertEquals(5, quota.use(burst.used(), 9, DAY + 50_000).free());
  }

  @Test
  void aClockThatJumpsBackGivesNothingTwice() {
    FreeQuota roomy = new FreeQuota(3, 100, Duration.ofMillis(1));
    Use spent = roomy.use(Used.NOTHING, 3, 2 * DAY);
    assertEquals(0, roomy.use(spent.used(), 3, DAY).free());
  }
}
