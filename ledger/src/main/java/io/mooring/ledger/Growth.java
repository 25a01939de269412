package io.mooring.ledger;

import static io.mooring.ledger.InclusionProof.isRight;

import java.util.ArrayList;
import java.util.List;

/**
 * A tree grown by one batch: whoever has the frontier before and the batch's leaves can build the
 * frontier after and every proof that the batch's submitters are owed, without reading a tile.
 */
public final class Growth implements Nodes {
  private final Frontier before;

  /** By level, the complete subtrees that hold at least one new leaf, from the left. */
  private final List<Hash[]> added = new ArrayList<>();

  private final Frontier after;
  private final Tree tree;

  public Growth(Frontier before, List<Hash> leaves) {
    this.before = before;
    long size = Math.addExact(before.size(), leaves.size());
    added.add(leaves.toArray(new Hash[0]));
    for (int level = 0; size >> level > 1; level++) {
      added.add(parents(level, size));
    }
    this.after = frontier(size);
    this.tree = new Tree(size, this);
  }

  public Frontier before() {
    return before;
  }

  public Frontier after() {
    return after;
  }

  public Head head() {
    return tree.head();
  }

  /** The proof, under the new head, of the leaf at {@code offset} in the batch. */
  public InclusionProof inclusion(int offset) {
    return tree.inclusion(before.size() + offset);
  }

  /** The proof that the new head only added to the one before. */
  public ConsistencyProof consistency() {
    return tree.consistency(before.size());
  }

  /** A subtree with a new leaf in it, or one of the peaks from before; no other is known here. */
  @Override
  public Hash node(int level, long index) {
    long first = before.size() >> level;
    if (index >= first) {
      return added.get(level)[Math.toIntExact(index - first)];
    }
    if (index == first - 1 && isRight(first)) {
      return before.peak(level);
    }
    throw new IllegalArgumentException(
        "no node " + index + " at level " + level + " is known here");
  }

  private Hash[] parents(int level, long size) {
    long first = before.size() >> (level + 1);
    Hash[] parents = new Hash[Math.toIntExact((size >> (level + 1)) - first)];
    for (int i = 0; i < parents.length; i++) {
      long left = (first + i) << 1;
      parents[i] = Hash.ofNode(node(level, left), node(level, left + 1));
    }
    return parents;
  }

  private Frontier frontier(long size) {
    List<Hash> peaks = new ArrayList<>(Long.bitCount(size));
    for (int level = Long.SIZE - 2; level >= 0; level--) {
      if (isRight(size >> level)) {
        peaks.add(node(level, (size >> level) - 1));
      }
    }
    return new Frontier(size, peaks);
  }
}
