package io.mooring.billing;

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
  boolean isLike(Movement other) {
    return ledger.equals(other.ledger)
        && asset == other.asset
        && kind == other.kind
        && from == other.from
        && to == other.to;
  }

  Movement and(Movement other) {
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
