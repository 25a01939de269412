package io.mooring.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * The recursive definitions of RFC 9162 section 2.1, which share no code with the iterative ones
 * under test.
 */
record RecursiveTree(List<Hash> leaves) {
  static RecursiveTree random(Random random, int size) {
    return new RecursiveTree(
        IntStream.range(0, size)
            .mapToObj(i -> Hash.ofLeaf(Integer.toString(random.nextInt()).getBytes()))
            .toList());
  }

  int size() {
    return leaves.size();
  }

  RecursiveTree first(int size) {
    return new RecursiveTree(leaves.subList(0, size));
  }

  Head head() {
    return new Head(size(), root(leaves));
  }

  InclusionProof inclusion(int index) {
    return new InclusionProof(index, path(index, leaves));
  }

  ConsistencyProof consistency(int older) {
    return new ConsistencyProof(
        older == 0 || older == size() ? List.of() : subproof(older, leaves, true));
  }

  Hash node(int level, long index) {
    int width = 1 << level;
    int from = Math.toIntExact(index) * width;
    return root(leaves.subList(from, from + width));
  }

  private static Hash root(List<Hash> leaves) {
    if (leaves.isEmpty()) {
      return Hash.ofNothing();
    }
    if (leaves.size() == 1) {
      return leaves.getFirst();
    }
    int split = split(leaves.size());
    return Hash.ofNode(root(leaves.subList(0, split)), root(leaves.subList(split, leaves.size())));
  }

  private static List<Hash> path(int index, List<Hash> leaves) {
    if (leaves.size() == 1) {
      return List.of();
    }
    int split = split(leaves.size());
    List<Hash> left = leaves.subList(0, split);
    List<Hash> right = leaves.subList(split, leaves.size());
    boolean goesLeft = index < split;
    return and(
        goesLeft ? path(index, left) : path(index - split, right), root(goesLeft ? right : left));
  }

  private static List<Hash> subproof(int older, List<Hash> leaves, boolean known) {
    if (older == leaves.size()) {
      return known ? List.of() : List.of(root(leaves));
    }
    int split = split(leaves.size());
    List<Hash> left = leaves.subList(0, split);
    List<Hash> right = leaves.subList(split, leaves.size());
    return older <= split
        ? and(subproof(older, left, known), root(right))
        : and(subproof(older - split, right, false), root(left));
  }

  /** The largest power of two below {@code size}. */
  private static int split(int size) {
    return Integer.highestOneBit(size - 1);
  }

  private static List<Hash> and(List<Hash> path, Hash last) {
    List<Hash> longer = new ArrayList<>(path);
    longer.add(last);
    return longer;
  }
}
