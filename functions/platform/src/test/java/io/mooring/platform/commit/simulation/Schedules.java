package io.mooring.platform.commit.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * Runs many schedules, each from its own seed: {@code -Dschedules=1000000} for more of them, {@code
 * -Dseed=42} for that one alone.
 */
public final class Schedules {
  private static final int FAILURES_SHOWN = 5;

  private Schedules() {}

  /** Runs {@code usually} of them, unless another number is asked for; none may fail. */
  public static void run(long usually, LongConsumer schedule) {
    long first = Long.getLong("seed", 0);
    boolean alone = System.getProperty("seed") != null;
    long last = alone ? first + 1 : Long.getLong("schedules", usually);
    List<String> failures = new ArrayList<>();
    for (long seed = first; seed < last && failures.size() < FAILURES_SHOWN; seed++) {
      try {
        schedule.accept(seed);
      } catch (AssertionError | RuntimeException e) {
        failures.add("-Dseed=" + seed + ": " + e);
        if (alone) {
          throw e;
        }
      }
    }
    assertEquals(List.of(), failures);
  }
}
