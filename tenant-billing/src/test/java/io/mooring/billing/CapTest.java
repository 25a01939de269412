package io.mooring.billing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.mooring.billing.Cap.Period;
import io.mooring.billing.Cap.Taken;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CapTest {
  private static final long JAN_31 = millis("2026-01-31T23:59:59.999Z");
  private static final long FEB_1 = millis("2026-02-01T00:00:00Z");

  @Test
  void countsFromTheFirstOfTheMonthInUtc() {
    Cap cap = new Cap(Period.MONTH, 100);
    Taken taken = cap.take(Taken.NOTHING, 70, JAN_31);
    assertEquals(30, cap.open(taken, JAN_31));
    assertThrows(IllegalArgumentException.class, () -> cap.take(taken, 31, JAN_31));
    assertEquals(100, cap.open(taken, FEB_1));
  }

  @Test
  void whatComesBackUnspentIsOpenAgainWithinItsPeriod() {
    Cap cap = new Cap(Period.DAY, 100);
    Taken taken = cap.take(Taken.NOTHING, 70, JAN_31);
    assertEquals(50, cap.open(cap.giveBack(taken, 20, JAN_31), JAN_31));
    assertEquals(100, cap.open(cap.giveBack(taken, 20, FEB_1), FEB_1));
  }

  @Test
  void aCapForeverNeverBeginsAgain() {
    Cap cap = new Cap(Period.EVER, 100);
    assertEquals(30, cap.open(cap.take(Taken.NOTHING, 70, JAN_31), Long.MAX_VALUE / 2_000_000));
    assertEquals(30, cap.open(cap.take(Taken.NOTHING, 70, JAN_31), FEB_1));
  }

  private static long millis(String time) {
    return Instant.parse(time).toEpochMilli();
  }
}
