package io.mooring.platform.commit.simulation;

import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Many schedules of the committer, each from its own seed ({@link Schedules}). */
class SimulationTest {
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
    Schedules.run(10_000, Simulation::run);
  }
}
