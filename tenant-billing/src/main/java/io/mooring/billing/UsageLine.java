package io.mooring.billing;

import java.time.LocalDate;
import java.util.Comparator;

/**
 * One line of a statement: what one key used of one meter in one ledger on one day under one price
 * list, and in which commits and entries of the ledger that can be read again.
 *
 * @param quantity all that was used, what was free included
 * @param units what it cost: the sum of {@code charges} charges, each rounded up by itself
 */
public record UsageLine(
    Of of, long quantity, long freeQuantity, long units, long charges, Span span) {
  public UsageLine {
    if (freeQuantity < 0 || freeQuantity > quantity || units < 0 || charges < 1) {
      throw new IllegalArgumentException(
          "not a line: " + quantity + ", of them free " + freeQuantity + ", for " + units);
    }
  }

  /** What tells one line from another. */
  public record Of(LocalDate day, String ledger, String key, Meter meter, String prices)
      implements Comparable<Of> {
    private static final Comparator<Of> ORDER =
        Comparator.comparing(Of::day)
            .thenComparing(Of::ledger)
            .thenComparing(Of::key)
            .thenComparing(Of::meter)
            .thenComparing(Of::prices);

    @Override
    public int compareTo(Of other) {
      return ORDER.compare(this, other);
    }
  }

  /** Some commits of a ledger, both named ones included, and the entries from one to before one. */
  public record Span(long firstCommit, long lastCommit, long firstEntry, long endEntry) {
    Span and(Span other) {
      return new Span(
          Math.min(firstCommit, other.firstCommit),
          Math.max(lastCommit, other.lastCommit),
          Math.min(firstEntry, other.firstEntry),
          Math.max(endEntry, other.endEntry));
    }
  }

  UsageLine and(UsageLine other) {
    return new UsageLine(
        of,
        Math.addExact(quantity, other.quantity),
        Math.addExact(freeQuantity, other.freeQuantity),
        Math.addExact(units, other.units),
        Math.addExact(charges, other.charges),
        span.and(other.span));
  }
}
