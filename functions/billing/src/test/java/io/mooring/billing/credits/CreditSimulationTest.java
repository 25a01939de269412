package io.mooring.billing.credits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Many schedules of all operations on credits, each from its own seed: {@code -Dschedules=100000}
 * for more of them, {@code -Dseed=42} for that one alone.
 */
class CreditSimulationTest {
  private static final int FAILURES_SHOWN = 5;

  /** Held on to, so that its level stays: stores that fail are what this is about. */
  private static final Logger QUIET = Logger.getLogger("io.mooring.platform.commit");

  @BeforeAll
  static void expectFailures() {
    QUIET.setLevel(Level.OFF);
  }

  @AfterAll
  static void listenAgain() {
    QUIET.setLevel(null);
  }

  @Test
  void debitsAreCreditsNothingIsNegativeAndEachKeyHasOneEffect() {
    long schedules = Long.getLong("schedules", 2_000);
    long first = Long.getLong("seed", 0);
    long last = System.getProperty("seed") == null ? schedules : first + 1;
    List<String> failures = new ArrayList<>();
    for (long seed = first; seed < last && failures.size() < FAILURES_SHOWN; seed++) {
      try {
        CreditSimulation.run(seed);
      } catch (AssertionError | RuntimeException e) {
        failures.add("-Dseed=" + seed + ": " + e);
        if (last == first + 1) {
          throw e;
        }
      }
    }
    assertEquals(List.of(), failures);
  }

  @Test
  void aSeedIsOneHistory() {
    assertEquals(CreditSimulation.run(7).accounts(), CreditSimulation.run(7).accounts());
  }

  @Test
  void whereverTheProcessDiesTheSameIsThereInTheEnd() {
    Map<String, Long> undisturbed =
        CreditSimulation.runDyingAt(Long.MAX_VALUE - 1).audit().accounts();
    long deaths = 0;
    for (boolean died = true; died; deaths++) {
      CreditSimulation.Interrupted interrupted = CreditSimulation.runDyingAt(deaths);
      died = interrupted.died();
      assertEquals(undisturbed, interrupted.audit().accounts(), "dying at resumption " + deaths);
    }
    assertTrue(deaths > 100, "only " + deaths + " awaits");
  }
}
