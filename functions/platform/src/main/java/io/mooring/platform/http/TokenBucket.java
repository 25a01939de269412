package io.mooring.platform.http;

import java.util.concurrent.TimeUnit;

/**
 * Lets through a burst, then a steady rate, and never one request more. What it refuses has its
 * turn at the same rate. Whoever shares it may call from any thread.
 */
final class TokenBucket {
  private static final long NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

  /** However many were refused before, the next has its turn after this time. */
  static final long TURN_NANOS_MAX = NANOS_PER_SECOND;

  private final long perSecond;
  private final long burst;
  private long
      nanosOfCredit; // how far into the past the bucket is paid for: full at burst/perSecond
  private long lastNanos;
  private long lastTurnNanos;

  TokenBucket(long perSecond, long burst, long nowNanos) {
    this.perSecond = perSecond;
    this.burst = burst;
    this.nanosOfCredit = nanosWhenFull();
    this.lastNanos = nowNanos;
    this.lastTurnNanos = nowNanos;
  }

  synchronized Taken take(long nowNanos) {
    refill(nowNanos);
    long cost = NANOS_PER_SECOND / perSecond;

    if (nanosOfCredit < cost) {
      return new Taken(false, 0, secondsFor(cost - nanosOfCredit), turn(cost, nowNanos));
    }

    nanosOfCredit -= cost;
    return new Taken(true, nanosOfCredit / cost, secondsFor(nanosWhenFull() - nanosOfCredit), 0);
  }

  private long turn(long cost, long nowNanos) {
    long turn = Math.max(lastTurnNanos - nowNanos, 0) + cost;
    long nanos = Math.min(turn, TURN_NANOS_MAX);
    lastTurnNanos = nowNanos + nanos;
    return nanos;
  }

  /** A full bucket says nothing that a new one would not, so it can be forgotten. */
  synchronized boolean isFull(long nowNanos) {
    refill(nowNanos);
    return nanosOfCredit == nanosWhenFull();
  }

  private void refill(long nowNanos) {
    long passed = Math.max(0, nowNanos - lastNanos);
    nanosOfCredit = Math.min(nanosWhenFull(), nanosOfCredit + passed);
    lastNanos = Math.max(lastNanos, nowNanos);
  }

  private long nanosWhenFull() {
    return burst * (NANOS_PER_SECOND / perSecond);
  }

  private static long secondsFor(long nanos) {
    return Math.ceilDiv(nanos, NANOS_PER_SECOND);
  }

  /**
   * What became of one request.
   *
   * @param resetSeconds until the next one passes, or until the bucket is full again
   * @param turnNanos when it would be this one's turn to be refused
   */
  record Taken(boolean passed, long remaining, long resetSeconds, long turnNanos) {}
}
