package io.mooring.ledger;

import static io.mooring.ledger.InclusionProof.isRight;

import io.mooring.ledger.Verdict.Reason;
import io.mooring.ledger.Verdict.Refuted;
import io.mooring.ledger.Verdict.Verified;
import java.util.List;

/** Shows that one head only added leaves to another (RFC 9162 section 2.1.4.2). */
public record ConsistencyProof(List<Hash> path) {
  public ConsistencyProof {
    path = List.copyOf(path);
  }

  public Verdict check(Head older, Head newer) {
    if (older.size() > newer.size()) {
      return new Refuted(Reason.SIZE_SHRANK);
    }
    if (older.size() == newer.size()) {
      return sameTree(older, newer);
    }
    if (older.size() == 0) { // every tree begins with the empty one; there is nothing to show
      return path.isEmpty() ? new Verified() : new Refuted(Reason.PATH_TOO_LONG);
    }

    long node = older.size() - 1; // "fn" in the RFC
    long last = newer.size() - 1; // "sn" in the RFC
    while (isRight(node)) {
      node >>= 1;
      last >>= 1;
    }
    boolean olderIsOneSubtree = node == 0; // then the RFC leaves its root out of the path
    if (path.isEmpty()) {
      return new Refuted(Reason.PATH_TOO_SHORT);
    }
    Hash start = olderIsOneSubtree ? older.root() : path.getFirst();
    Hash olderHash = start; // "fr" in the RFC
    Hash newerHash = start; // "sr" in the RFC
    for (Hash sibling : olderIsOneSubtree ? path : path.subList(1, path.size())) {
      if (last == 0) {
        return new Refuted(Reason.PATH_TOO_LONG);
      }
      if (isRight(node) || node == last) {
        olderHash = Hash.ofNode(sibling, olderHash);
        newerHash = Hash.ofNode(sibling, newerHash);
        while (!isRight(node) && node != 0) {
          node >>= 1;
          last >>= 1;
        }
      } else {
        newerHash = Hash.ofNode(newerHash, sibling);
      }
      node >>= 1;
      last >>= 1;
    }

    if (last != 0) {
      return new Refuted(Reason.PATH_TOO_SHORT);
    }
    if (!olderHash.equals(older.root())) {
      return new Refuted(Reason.OLD_ROOT_DIFFERS);
    }
    return newerHash.equals(newer.root()) ? new Verified() : new Refuted(Reason.ROOT_DIFFERS);
  }

  private Verdict sameTree(Head older, Head newer) {
    if (!path.isEmpty()) {
      return new Refuted(Reason.PATH_TOO_LONG);
    }
    return older.root().equals(newer.root()) ? new Verified() : new Refuted(Reason.ROOT_DIFFERS);
  }
}
