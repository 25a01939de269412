package io.mooring.billing.credits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mooring.platform.commit.simulation.Schedules;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Many schedules of all operations on credits, each from its own seed ({@link Schedules}). */
class CreditSimulationTest {
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
    Schedules.run(2_000, CreditSimulation::run);
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
