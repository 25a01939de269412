package io.mooring.platform.commit;

import io.mooring.platform.LedgerId;
import io.mooring.platform.table.DerivedItems;
import io.mooring.platform.table.DerivedItems.Derived;
import io.mooring.platform.table.Item;
import io.mooring.platform.table.Key;
import io.mooring.platform.table.StoreUnavailableException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Whether many processes want one ledger. A process that wins every race cannot see that others
 * lose, so the losers leave a hint in the table, and those who race look for it now and then.
 * Nothing depends on the hint but the way that a write takes. Thread-safe.
 *
 * <pre>
 * pk                    sk            v
 * T#ten_acme#L#led_a#   H#contended#  until when, in milliseconds since 1970
 * </pre>
 */
final class Contention {
  /** How long writes go to the intake after a race was lost. */
  static final long MILLIS = 2_000;

  /** How often somebody who races looks for the hint. */
  static final long LOOK_MILLIS = 250;

  private static final byte[] NOTHING = {};

  private final Key key;
  private final DerivedItems items;
  private final Pace pace;
  private final AtomicLong until;
  private final AtomicLong lookedAt;
  private final AtomicLong hintedUntil;

  Contention(LedgerId ledger, DerivedItems items, Pace pace) {
    this.key = Key.of(ledger, "H", "contended");
    this.items = items;
    this.pace = pace;
    this.until = new AtomicLong(pace.wallMillis());
    this.lookedAt = new AtomicLong(pace.steadyMillis() - LOOK_MILLIS);
    this.hintedUntil = new AtomicLong();
  }

  boolean isThere() {
    long now = pace.steadyMillis();
    long before = lookedAt.get();
    if (now - before >= LOOK_MILLIS && lookedAt.compareAndSet(before, now)) {
      look();
    }
    return pace.wallMillis() < until.get();
  }

  private void look() {
    try {
      long hinted = 0;
      for (Derived found : items.get(List.of(key))) {
        hinted = found.item().version();
      }
      hintedUntil.set(hinted);
      // A hint of somebody whose clock is ahead does not last longer for that.
      raise(Math.min(hinted, pace.wallMillis() + MILLIS));
    } catch (StoreUnavailableException e) {
      // Racing is always right, if not always quick; the next look is soon.
      hintedUntil.set(0);
    }
  }

  /** A race was lost, or the intake is still busy. */
  void note() {
    long now = pace.wallMillis();
    raise(now + MILLIS);
    long hinted = hintedUntil.get();
    if (hinted - now < MILLIS / 2 && hintedUntil.compareAndSet(hinted, now + MILLIS)) {
      try {
        items.put(
            List.of(
                new Derived(
                    new Item(key, now + MILLIS, NOTHING), Instant.ofEpochMilli(now + MILLIS))));
      } catch (StoreUnavailableException e) {
        // The next loser tries again.
        hintedUntil.set(0);
      }
    }
  }

  private void raise(long millis) {
    until.accumulateAndGet(millis, Math::max);
  }
}
