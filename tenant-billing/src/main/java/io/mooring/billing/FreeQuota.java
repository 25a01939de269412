package io.mooring.billing;

import java.time.Duration;

/**
 * So many transactions a day cost nothing, as long as they do not come too fast.
 *
 * @param burst how many may come at once
 * @param refill how long it takes until one more may
 */
public record FreeQuota(int perDay, int burst, Duration refill) {
  private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();

  public FreeQuota {
    if (perDay < 0 || burst < 1 || refill.toMillis() < 1) {
      throw new IllegalArgumentException("not a quota: " + perDay + ", " + burst + ", " + refill);
    }
  }

  /** How many are left of the day, however fast they come. */
  public int left(Used before, long nowMillis) {
    return perDay - usedToday(before, Math.floorDiv(nowMillis, DAY_MILLIS));
  }

  /** How many of {@code count} transactions at one moment are free, and what is used after them. */
  public Use use(Used before, int count, long nowMillis) {
    long day = Math.floorDiv(nowMillis, DAY_MILLIS);
    int usedToday = usedToday(before, day);
    long fullMillis = burst * refill.toMillis();
    // The bucket is the moment at which it would be full again.
    long fullAt = Math.max(before.fullAtMillis, nowMillis);
    long room = (fullMillis - (fullAt - nowMillis)) / refill.toMillis();

    int free = (int) Math.min(Math.min(count, perDay - usedToday), Math.max(room, 0));
    free = Math.max(free, 0);

    return new Use(
        free,
        new Used(Math.max(day, before.day), usedToday + free, fullAt + free * refill.toMillis()));
  }

  private static int usedToday(Used before, long day) {
    return day == before.day ? before.count : 0;
  }

  /** How many were free, and the state after. */
  public record Use(int free, Used used) {}

  /** What of a quota is used; it travels where the escrow does. */
  public record Used(long day, int count, long fullAtMillis) {
    public static final Used NOTHING = new Used(0, 0, 0);
  }
}
