package io.mooring.ledger;

import static io.mooring.ledger.InclusionProof.isRight;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A tree of a known size over stored nodes, from which roots and proofs are built. */
public final class Tree {
  private final long size;
  private final Nodes nodes;

  /** At each level, the hash of the leaves after the last complete subtree, if there are any. */
  private final @Nullable Hash[] rightEdge;

  private final Hash root;

  public Tree(long size, Nodes nodes) {
    if (size < 0) {
      throw new IllegalArgumentException("a tree has from 0 to 2^63-1 leaves, not " + size);
    }
    this.size = size;
    this.nodes = nodes;
    int levels = Long.SIZE - Long.numberOfLeadingZeros(size);
    this.rightEdge = new Hash[levels];

    Hash edge = null;
    for (int level = 0; level < levels; level++) {
      rightEdge[level] = edge;
      long complete = size >> level;
      if (isRight(complete)) {
        Hash peak = nodes.node(level, complete - 1);
        edge = edge == null ? peak : Hash.ofNode(peak, edge);
      }
    }
    this.root = edge == null ? Hash.ofNothing() : edge;
  }

  public Head head() {
    return new Head(size, root);
  }

  /** Builds the proof for one leaf (RFC 9162 section 2.1.3.1). */
  public InclusionProof inclusion(long index) {
    if (index < 0 || index >= size) {
      throw new IllegalArgumentException("no leaf " + index + " among " + size);
    }
    return new InclusionProof(index, siblings(0, index, List.of()));
  }

  /** Builds the proof that this tree grew from one of {@code olderSize} leaves (2.1.4.1). */
  public ConsistencyProof consistency(long olderSize) {
    if (olderSize < 0 || olderSize > size) {
      throw new IllegalArgumentException("no tree of " + olderSize + " leaves in one of " + size);
    }
    if (olderSize == 0 || olderSize == size) {
      return new ConsistencyProof(List.of());
    }
    // The last complete subtree of the older tree: its siblings rebuild both roots.
    int level = Long.numberOfTrailingZeros(olderSize);
    long index = (olderSize >> level) - 1;
    List<Hash> start = index == 0 ? List.of() : List.of(nodes.node(level, index));
    return new ConsistencyProof(siblings(level, index, start));
  }

  private List<Hash> siblings(int fromLevel, long fromIndex, List<Hash> start) {
    List<Hash> path = new ArrayList<>(Long.SIZE);
    path.addAll(start);
    int level = fromLevel;
    long index = fromIndex;
    long last = (size - 1) >> level;
    while (last > 0) {
      if (isRight(index)) {
        path.add(nodes.node(level, index - 1));
      } else if (index < last) {
        path.add(subtree(level, index + 1));
      }
      index >>= 1;
      last >>= 1;
      level++;
    }
    return path;
  }

  /** A complete subtree, or what there is of the one at the right edge. */
  private Hash subtree(int level, long index) {
    Hash edge = rightEdge[level];
    return edge != null && index == size >> level ? edge : nodes.node(level, index);
  }
}
