package io.mooring.billing;

import java.util.Comparator;

/**
 * Credits that were given and that lapse.
 *
 * @param priority the lower is spent first; among equals the one that lapses first
 * @param expiresMillis from this moment on it cannot be spent
 */
public record Grant(String id, long units, int priority, long expiresMillis) {
  static final Comparator<Grant> SPENDING_ORDER =
      Comparator.comparingInt(Grant::priority)
          .thenComparingLong(Grant::expiresMillis)
          .thenComparing(Grant::id);

  public Grant {
    if (id.isEmpty() || units <= 0) {
      throw new IllegalArgumentException("a grant has an id and is above 0: " + id + " " + units);
    }
  }

  boolean hasExpired(long nowMillis) {
    return nowMillis >= expiresMillis;
  }

  Grant of(long units) {
    return new Grant(id, units, priority, expiresMillis);
  }

  /** Whether both are parts of one grant. */
  boolean isOneWith(Grant other) {
    return id.equals(other.id);
  }
}
