package io.mooring.billing;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * The most that a tenant, or one spender of it, may take from its purse in a period. It is counted
 * where credits leave the purse, so it is as hard as the balance.
 */
public record Cap(Period period, long units) {
  /** When counting begins again, in UTC. */
  public enum Period {
    DAY,
    MONTH,
    EVER
  }

  public Cap {
    if (units < 0 || units > Amount.UNITS_MAX) {
      throw new IllegalArgumentException("a cap is not negative: " + units);
    }
  }

  /** How much more may be taken. */
  public long open(Taken taken, long nowMillis) {
    return Math.max(0, units - current(taken, nowMillis).units);
  }

  public Taken take(Taken before, long units, long nowMillis) {
    Taken current = current(before, nowMillis);
    if (units > this.units - current.units) {
      throw new IllegalArgumentException(units + " would pass the cap of " + this.units);
    }
    return new Taken(current.since, current.units + units);
  }

  /** Counts what came back unspent of what was taken in the period that runs. */
  public Taken giveBack(Taken before, long units, long nowMillis) {
    Taken current = current(before, nowMillis);
    return new Taken(current.since, Math.max(0, current.units - units));
  }

  /** Whether counting did not begin again between two moments. */
  public static boolean isSame(Period period, long millis, long laterMillis) {
    Cap count = new Cap(period, 0);
    return count.periodStart(millis) == count.periodStart(laterMillis);
  }

  /** What was taken in the period of that moment. */
  public long takenNow(Taken taken, long nowMillis) {
    return current(taken, nowMillis).units;
  }

  private Taken current(Taken taken, long nowMillis) {
    long since = periodStart(nowMillis);
    return since > taken.since ? new Taken(since, 0) : taken;
  }

  private long periodStart(long millis) {
    LocalDate day = Instant.ofEpochMilli(millis).atOffset(ZoneOffset.UTC).toLocalDate();
    return switch (period) {
      case DAY -> millisOf(day);
      case MONTH -> millisOf(day.withDayOfMonth(1));
      case EVER -> 0;
    };
  }

  private static long millisOf(LocalDate day) {
    return day.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
  }

  /** What was taken since a period began. */
  public record Taken(long since, long units) {
    public static final Taken NOTHING = new Taken(0, 0);
  }
}
