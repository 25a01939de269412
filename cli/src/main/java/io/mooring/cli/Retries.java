package io.mooring.cli;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What fails in passing is tried again a few times, after pauses that double, or as long as the
 * server asks for.
 */
record Retries(Duration firstPause) {
  static final int ATTEMPTS_MAX = 5;
  static final Duration RETRY_AFTER_MAX = Duration.ofSeconds(30);

  private static final int TOO_MANY = 429;
  private static final int SERVER_ERRORS = 500;

  static boolean isInPassing(int status) {
    return status == TOO_MANY || status >= SERVER_ERRORS;
  }

  /**
   * Waits before the next attempt, if there is one.
   *
   * @param attempt from 0
   * @param retryAfter as the answer's header said; empty if it did not, or there was no answer
   */
  void pause(int attempt, String retryAfter) {
    if (attempt + 1 == ATTEMPTS_MAX) {
      return;
    }
    long own = firstPause.toMillis() << attempt;
    long jittered = own / 2 + ThreadLocalRandom.current().nextLong(own / 2 + 1);
    long asked = Math.min(seconds(retryAfter).toMillis(), RETRY_AFTER_MAX.toMillis());
    try {
      Thread.sleep(Math.max(jittered, asked));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CannotTellException("interrupted", e);
    }
  }

  private static Duration seconds(String retryAfter) {
    return retryAfter.matches("[0-9]{1,4}")
        ? Duration.ofSeconds(Long.parseLong(retryAfter))
        : Duration.ZERO;
  }
}
