package io.mooring.billing;

import java.util.List;

/**
 * What moved between two kinds of accounts for one reason, as one ledger says: the sum of {@code
 * postings} postings, which belong to its entries from {@code firstEntry} to before {@code
 * endEntry}.
 */
public record Movement(
    String ledger,
    Asset asset,
    Posting.Kind kind,
    Account.Kind from,
    Account.Kind to,
    long units,
    long postings,
    long firstEntry,
    long endEntry) {
  /** What one posting moved. */
  static Movement of(String ledger, DayFold.Written written) {
    Posting posting = written.posting();
    return new Movement(
        ledger,
        posting.amount().asset(),
        posting.kind(),
        posting.from().kind(),
        posting.to().kind(),
        posting.amount().units(),
        1,
        written.entry(),
        written.entry() + 1);
  }

  /** Adds to the one that is like it, or as one more. */
  void addTo(List<Movement> movements) {
    for (int i = 0; i < movements.size(); i++) {
      if (movements.get(i).isLike(this)) {
        movements.set(i, movements.get(i).and(this));
        return;
      }
    }
    movements.add(this);
  }

  private boolean isLike(Movement other) {
    return ledger.equals(other.ledger)
        && asset == other.asset
        && kind == other.kind
        && from == other.from
        && to == other.to;
  }

  private Movement and(Movement other) {
    return new Movement(
        ledger,
        asset,
        kind,
        from,
        to,
        Math.addExact(units, other.units),
        Math.addExact(postings, other.postings),
        Math.min(firstEntry, other.firstEntry),
        Math.max(endEntry, other.endEntry));
  }
}
