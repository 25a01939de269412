package io.mooring.platform.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenBucketTest {
  private static final long SECOND = 1_000_000_000;

  @Test
  void aBurstPassesAndThenTheRateDoes() {
    var bucket = new TokenBucket(10, 30, 0);
    for (int i = 0; i < 30; i++) {
      assertEquals(29 - i, bucket.take(0).remaining());
    }
    assertFalse(bucket.take(0).passed());
    assertFalse(bucket.take(SECOND / 10 - 1).passed());
    assertTrue(bucket.take(SECOND / 10).passed());
    assertFalse(bucket.take(SECOND / 10).passed());
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void neverMorePassesThanTheBurstAndTheRateAllow(long seed) {
    Random random = new Random(seed);
    long perSecond = 1 + random.nextInt(1000);
    long burst = 1 + random.nextInt(2000);
    var bucket = new TokenBucket(perSecond, burst, 0);
    long now = 0;
    long passed = 0;
    for (int i = 0; i < 50_000; i++) {
      now += random.nextLong(SECOND / perSecond);
      passed += bucket.take(now).passed() ? 1 : 0;
      assertTrue(passed <= burst + Math.ceilDiv(now * perSecond, SECOND) + 1);
    }
  }

  @Test
  void aClockThatStepsBackGivesNothing() {
    var bucket = new TokenBucket(1, 1, 10 * SECOND);
    assertTrue(bucket.take(10 * SECOND).passed());
    assertFalse(bucket.take(5 * SECOND).passed());
    assertFalse(bucket.take(10 * SECOND).passed());
    assertTrue(bucket.take(11 * SECOND).passed());
  }

  @Test
  void itTellsWhenTheNextOnePasses() {
    var bucket = new TokenBucket(1, 2, 0);
    bucket.take(0);
    assertEquals(2, bucket.take(0).resetSeconds());
    assertEquals(1, bucket.take(0).resetSeconds());
  }

  @Test
  void itIsFullAgainAfterAWhile() {
    var bucket = new TokenBucket(10, 20, 0);
    assertTrue(bucket.isFull(0));
    bucket.take(0);
    assertFalse(bucket.isFull(0));
    assertTrue(bucket.isFull(SECOND / 10));
  }
}
