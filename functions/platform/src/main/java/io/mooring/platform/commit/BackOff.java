package io.mooring.platform.commit;

import java.util.random.RandomGenerator;

/**
 * How long to step back after a try that came to nothing: longer each time, never twice the same.
 */
final class BackOff {
  private static final long FIRST_MILLIS = 4;
  private static final int DOUBLINGS_MAX = 10;

  private final Pace pace;
  private final RandomGenerator random;
  private final long millisMax;

  BackOff(Pace pace, RandomGenerator random, long millisMax) {
    this.pace = pace;
    this.random = random;
    this.millisMax = millisMax;
  }

  long millis(int tries) {
    long most = Math.min(FIRST_MILLIS << Math.min(tries, DOUBLINGS_MAX), millisMax);
    return 1 + random.nextLong(most);
  }

  void pause(int tries) {
    pace.pause(millis(tries));
  }
}
