package io.mooring.ledger;

/** Where a tree's complete subtrees are kept: tiles, a cache, or the commit being made. */
@FunctionalInterface
public interface Nodes {
  /**
   * The hash of the {@code 2^level} leaves that begin at leaf {@code index * 2^level}. It is asked
   * only for subtrees that are complete.
   */
  Hash node(int level, long index);
}
