package io.mooring.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.mooring.ledger.Verdict.Verified;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Builders and verifiers against the recursive definition, on random trees. */
class TreePropertyTest {
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("io.mooring.testing.Seeds#fresh")
  void buildsTheProofsThatTheRecursiveDefinitionGives(long seed) {
    Random random = new Random(seed);
    RecursiveTree oracle = RecursiveTree.random(random, 1 + random.nextInt(130));
    Tree tree = new Tree(oracle.size(), oracle::node);

    assertEquals(oracle.head(), tree.head());
    for (int i = 0; i < oracle.size(); i++) {
      assertEquals(oracle.inclusion(i), tree.inclusion(i));
    }
    for (int older = 0; older <= oracle.size(); older++) {
      assertEquals(oracle.consistency(older), tree.consistency(older));
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("io.mooring.testing.Seeds#fresh")
  void everyLeafAndEveryOlderHeadIsProvable(long seed) {
    Random random = new Random(seed);
    RecursiveTree tree = RecursiveTree.random(random, 1 + random.nextInt(130));
    for (int i = 0; i < tree.size(); i++) {
      assertEquals(new Verified(), tree.inclusion(i).check(tree.leaves().get(i), tree.head()));
    }
    for (int older = 0; older <= tree.size(); older++) {
      Head head = tree.first(older).head();
      assertEquals(new Verified(), tree.consistency(older).check(head, tree.head()));
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("io.mooring.testing.Seeds#fresh")
  void aBatchProvesItsLeavesFromTheFrontierBeforeAlone(long seed) {
    Random random = new Random(seed);
    RecursiveTree oracle = RecursiveTree.random(random, 1 + random.nextInt(130));
    int old = random.nextInt(oracle.size() + 1);
    Frontier before = Frontier.empty().appendAll(oracle.leaves().subList(0, old));
    Growth growth = new Growth(before, oracle.leaves().subList(old, oracle.size()));

    assertEquals(oracle.head(), growth.head());
    assertEquals(Frontier.empty().appendAll(oracle.leaves()), growth.after());
    assertEquals(oracle.consistency(old), growth.consistency());
    for (int i = old; i < oracle.size(); i++) {
      assertEquals(oracle.inclusion(i), growth.inclusion(i - old));
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("io.mooring.testing.Seeds#fresh")
  void aFrontierGrowsToTheSameRootInAnySteps(long seed) {
    Random random = new Random(seed);
    RecursiveTree oracle = RecursiveTree.random(random, random.nextInt(130));
    Frontier frontier = Frontier.empty();
    for (int at = 0; at < oracle.size(); ) {
      int step = Math.min(1 + random.nextInt(20), oracle.size() - at);
      frontier =
          Frontier.ofBytes(frontier.toBytes()).appendAll(oracle.leaves().subList(at, at + step));
      at += step;
      assertEquals(oracle.first(at).head(), frontier.head());
    }
  }
}
