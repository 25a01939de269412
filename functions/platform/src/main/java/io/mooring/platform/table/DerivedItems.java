package io.mooring.platform.table;

import java.time.Instant;
import java.util.Collection;
import java.util.List;

/**
 * Items that are derived from commits: written outside of any commit, by whoever derives them,
 * possibly twice, always with the same bytes for the same commit.
 *
 * <p><b>Trust:</b> a wrong derived item can hide something, never prove something.
 *
 * <p><b>Loss:</b> they are rebuilt from the commits by one command.
 */
public interface DerivedItems {
  /** Writes all of them, over what may be there; returns when all are written. */
  void put(Collection<Derived> items);

  /** Those of {@code keys} that are there, in no order; consistent. */
  List<Derived> get(Collection<Key> keys);

  void delete(Collection<Key> keys);

  /**
   * One derived item. After {@code expiry} the store may forget it, sooner or later; a reader
   * treats it as gone at once.
   */
  record Derived(Item item, Instant expiry) {
    /** For an item that stays. */
    public static final Instant NEVER = Instant.MAX;

    public boolean expires() {
      return !expiry.equals(NEVER);
    }
  }
}
