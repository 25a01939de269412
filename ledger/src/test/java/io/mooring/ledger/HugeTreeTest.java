package io.mooring.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mooring.ledger.Verdict.Reason;
import io.mooring.ledger.Verdict.Refuted;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Trees at and around every power of two up to the largest that a long can count. */
class HugeTreeTest {
  private static final Hash LEAF = Hash.ofLeaf("leaf".getBytes());

  /** A tree whose leaves are all alike, so that any node can be named without storing it. */
  private static final Hash[] NODE = new Hash[Long.SIZE];

  static {
    NODE[0] = LEAF;
    for (int level = 1; level < NODE.length; level++) {
      NODE[level] = Hash.ofNode(NODE[level - 1], NODE[level - 1]);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8, 31, 32, 33, 62})
  void provesLeavesAroundAPowerOfTwo(int power) {
    for (long size : new long[] {(1L << power) - 1, 1L << power, (1L << power) + 1}) {
      Tree tree = new Tree(size, (level, index) -> NODE[level]);
      for (long index : new long[] {0, size / 2, size - 1}) {
        assertTrue(tree.inclusion(index).check(LEAF, tree.head()).verified());
      }
      for (long older : new long[] {0, 1, size / 2, size - 1, size}) {
        Head before = new Tree(older, (level, index) -> NODE[level]).head();
        assertTrue(tree.consistency(older).check(before, tree.head()).verified());
      }
    }
  }

  @Test
  void theLargestTreeHasTwoToThe63LessOneLeaves() {
    Tree tree = new Tree(Long.MAX_VALUE, (level, index) -> NODE[level]);
    assertTrue(tree.inclusion(Long.MAX_VALUE - 1).check(LEAF, tree.head()).verified());
    assertTrue(tree.inclusion(0).check(LEAF, tree.head()).verified());

    Frontier full = new Frontier(Long.MAX_VALUE, Collections.nCopies(63, LEAF));
    assertThrows(ArithmeticException.class, () -> full.append(LEAF));
    assertThrows(ArithmeticException.class, () -> new Growth(full, List.of(LEAF)));
  }

  @Test
  void twoToThe63IsNoSizeAndNoIndex() {
    assertThrows(MalformedException.class, () -> new Head(Long.MIN_VALUE, LEAF));
    assertThrows(MalformedException.class, () -> new Frontier(Long.MIN_VALUE, List.of(LEAF)));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Tree(Long.MIN_VALUE, (level, index) -> NODE[level]));
    assertEquals(
        new Refuted(Reason.INDEX_BEYOND_HEAD),
        new InclusionProof(Long.MIN_VALUE, List.of()).check(LEAF, new Head(1, LEAF)));
  }

  @Test
  void aPathOfAMillionHashesIsRefusedAtTheFirstOneTooMany() {
    InclusionProof proof = new InclusionProof(0, Collections.nCopies(1_000_000, LEAF));
    assertEquals(
        new Refuted(Reason.PATH_TOO_LONG), proof.check(LEAF, new Head(Long.MAX_VALUE, LEAF)));
  }

  @Test
  void theEmptyTreeHoldsNothingAndEverythingGrowsFromIt() {
    Head one = new Head(1, LEAF);
    assertEquals(
        new Refuted(Reason.INDEX_BEYOND_HEAD),
        new InclusionProof(0, List.of()).check(LEAF, Head.empty()));
    assertTrue(new ConsistencyProof(List.of()).check(Head.empty(), one).verified());
    assertEquals(
        new Refuted(Reason.PATH_TOO_LONG),
        new ConsistencyProof(List.of(LEAF)).check(Head.empty(), one));
    assertThrows(MalformedException.class, () -> new Head(0, LEAF));
  }
}
