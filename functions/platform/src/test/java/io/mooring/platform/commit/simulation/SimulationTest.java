package io.mooring.platform.commit.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Runs many schedules, each from its own seed: {@code -Dschedules=1000000} for more of them, {@code
 * -Dseed=42} for that one alone.
 */
class SimulationTest {
  private static final int FAILURES_SHOWN = 5;

  /** Held on to, so that its level stays: stores that fail are what this is about. */
  private static final Logger QUIET = Logger.getLogger("io.mooring.platform.commit.Deriver");

  @BeforeAll
  static void expectFailures() {
    QUIET.setLevel(Level.OFF);
  }

  @AfterAll
  static void listenAgain() {
    QUIET.setLevel(null);
  }

  @Test
  void noScheduleLosesDoublesOrForksAnything() {
    long schedules = Long.getLong("schedules", 10_000);
    long first = Long.getLong("seed", 0);
    long last = System.getProperty("seed") == null ? schedules : first + 1;
    List<String> failures = new ArrayList<>();
    for (long seed = first; seed < last && failures.size() < FAILURES_SHOWN; seed++) {
      try {
        Simulation.run(seed);
      } catch (AssertionError | RuntimeException e) {
        failures.add("-Dseed=" + seed + ": " + e);
        if (last == first + 1) {
          throw e;
        }
      }
    }
    assertEquals(List.of(), failures);
  }
}
