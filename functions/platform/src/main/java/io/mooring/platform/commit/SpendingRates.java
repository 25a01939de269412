package io.mooring.platform.commit;

import io.mooring.billing.Asset;
import java.util.HashMap;
import java.util.Map;

/**
 * How quickly the escrows of one ledger are spent, as far as this process sees it: enough to know a
 * moment before there is nothing left. Not thread-safe.
 */
final class SpendingRates {
  /** What will be spent within this time is asked for. */
  static final long AHEAD_MILLIS = 500;

  /** Nothing is known of an escrow for which credit is asked more rarely than this. */
  static final long OFTEN_MILLIS = 10 * 60_000;

  private static final long NEVER = Long.MIN_VALUE / 2;

  private final Map<Name, Course> courses = new HashMap<>();

  private record Name(String spender, Asset asset) {}

  /**
   * What was spent since credit was asked for the last time, and between that and the time before.
   *
   * @param number the last deposit that was known then
   */
  private record Course(
      long earlierMillis, long sinceMillis, long spentEarlier, long spentSince, long number) {
    Course asked(long nowMillis, long deposit) {
      return new Course(sinceMillis, nowMillis, spentSince, 0, deposit);
    }

    Course spent(long units) {
      return new Course(
          earlierMillis, sinceMillis, spentEarlier, Math.addExact(spentSince, units), number);
    }
  }

  /** Notes when credit was asked for, and the number of the last deposit that was known then. */
  void asked(String spender, Asset asset, long nowMillis, long deposit) {
    courses.merge(
        new Name(spender, asset),
        new Course(NEVER, nowMillis, 0, 0, deposit),
        (course, first) -> course.asked(nowMillis, deposit));
  }

  /**
   * Notes what a commit did to an escrow.
   *
   * @return what is to be asked for ahead; 0 while what is left does, and where credit was asked
   *     for and has not come
   */
  long spent(EscrowChange escrow, long costOfOne, long nowMillis) {
    Course course =
        courses.computeIfPresent(
            new Name(escrow.spender(), escrow.asset()),
            (name, before) -> before.spent(escrow.charged()));
    if (course == null || course.number >= escrow.after().lastDeposit()) {
      return 0;
    }
    long millis = Math.max(1, nowMillis - course.earlierMillis);
    if (millis > OFTEN_MILLIS) {
      return 0;
    }
    double perMilli = ((double) course.spentEarlier + course.spentSince) / millis;
    long soon = Math.max(costOfOne, (long) (perMilli * AHEAD_MILLIS));
    return escrow.after().funds().total() < soon ? soon : 0;
  }
}
