package io.mooring.ledger;

import io.mooring.ledger.Verdict.Reason;
import io.mooring.ledger.Verdict.Refuted;
import io.mooring.ledger.Verdict.Verified;
import java.util.List;

/** Shows that a leaf sits at {@code index} under some head (RFC 9162 section 2.1.3.2). */
public record InclusionProof(long index, List<Hash> path) {
  public InclusionProof {
    path = List.copyOf(path);
  }

  public Verdict check(Hash leaf, Head head) {
    if (index < 0 || index >= head.size()) {
      return new Refuted(Reason.INDEX_BEYOND_HEAD);
    }

    long node = index; // "fn" in the RFC
    long last = head.size() - 1; // "sn" in the RFC
    Hash hash = leaf;
    for (Hash sibling : path) {
      if (last == 0) {
        return new Refuted(Reason.PATH_TOO_LONG);
      }
      if (isRight(node) || node == last) {
        hash = Hash.ofNode(sibling, hash);
        while (!isRight(node) && node != 0) {
          node >>= 1;
          last >>= 1;
        }
      } else {
        hash = Hash.ofNode(hash, sibling);
      }
      node >>= 1;
      last >>= 1;
    }

    // Without this, a proof from a small tree passes for a larger one with the same root.
    if (last != 0) {
      return new Refuted(Reason.PATH_TOO_SHORT);
    }
    return hash.equals(head.root()) ? new Verified() : new Refuted(Reason.ROOT_DIFFERS);
  }

  static boolean isRight(long node) {
    return (node & 1) == 1;
  }
}
