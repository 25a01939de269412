package io.mooring.platform.commit;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ClockGuardTest {
  private static final long HOUR = 3_600_000;
  private static final long LEDGER_MILLIS = 10 * HOUR;

  private long wall = LEDGER_MILLIS;
  private long steady;
  private int readings;
  private int stopsAt;
  private final ClockGuard guard = new ClockGuard(new SetPace());

  @Test
  void believesAClockThatGoesAsTimeDoes() {
    for (int i = 0; i < 100; i++) {
      pass(HOUR);
      assertTrue(guard.agrees(LEDGER_MILLIS));
    }
  }

  @Test
  void refusesAClockThatIsBehindTheLedgerByMoreThanTheSkew() {
    assertTrue(guard.agrees(wall + ClockGuard.SKEW_MILLIS_MAX));
    assertFalse(guard.agrees(wall + ClockGuard.SKEW_MILLIS_MAX + 1));
  }

  @Test
  void doesNotBelieveAJumpAheadUntilItHasLasted() {
    wall += HOUR;
    assertFalse(guard.agrees(LEDGER_MILLIS));
    pass(ClockGuard.DISTRUST_MILLIS - 1);
    assertFalse(guard.agrees(LEDGER_MILLIS));
    pass(1);
    assertTrue(guard.agrees(LEDGER_MILLIS));
  }

  @Test
  void believesAClockThatCameBack() {
    wall += HOUR;
    assertFalse(guard.agrees(LEDGER_MILLIS));
    wall -= HOUR;
    assertTrue(guard.agrees(LEDGER_MILLIS));
  }

  @Test
  void doesNotTakeAThreadThatStoppedBetweenTwoReadingsForAClockThatJumped() {
    for (int at = 1; at <= 10; at++) {
      readings = 0;
      stopsAt = at;
      ClockGuard stopped = new ClockGuard(new SetPace());
      for (int turn = 1; turn <= 3; turn++) {
        assertTrue(stopped.agrees(LEDGER_MILLIS), "reading " + at + ", turn " + turn);
      }
    }
  }

  private void pass(long millis) {
    wall += millis;
    steady += millis;
  }

  private final class SetPace implements Pace {
    @Override
    public long wallMillis() {
      reading();
      return wall;
    }

    @Override
    public long steadyMillis() {
      reading();
      return steady;
    }

    private void reading() {
      if (++readings == stopsAt) {
        pass(HOUR);
      }
    }

    @Override
    public void run(Runnable task) {
      throw new UnsupportedOperationException("nothing runs here");
    }

    @Override
    public Gate gate() {
      throw new UnsupportedOperationException("nobody waits here");
    }
  }
}
