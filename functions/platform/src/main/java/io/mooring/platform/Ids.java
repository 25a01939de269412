package io.mooring.platform;

import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * Makes new ids: a typed prefix, the time in milliseconds, and 80 random bits, as ULIDs have them.
 */
@Singleton
public final class Ids {
  private static final int TIME_CHARACTERS = 10;
  private static final int RANDOM_BYTES = 10;

  private final InstantSource clock;
  private final RandomGenerator random;

  public Ids(InstantSource clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  /** Returns an id that sorts after those of earlier milliseconds, such as {@code key_01jd…}. */
  public String next(String prefix) {
    byte[] tail = new byte[RANDOM_BYTES];
    random.nextBytes(tail);
    return prefix + Base32.of(clock.millis(), TIME_CHARACTERS) + Base32.of(tail);
  }
}
