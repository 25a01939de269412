package io.mooring.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.mooring.ledger.Verdict.Reason;
import io.mooring.ledger.Verdict.Refuted;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Honest proofs, each bent in one way; every one must be refused. */
class BentProofPropertyTest {
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("io.mooring.testing.Seeds#fresh")
  void aBentInclusionProofIsRefuted(long seed) {
    Random random = new Random(seed);
    RecursiveTree tree = RecursiveTree.random(random, 2 + random.nextInt(130));
    int index = random.nextInt(tree.size());
    Hash leaf = tree.leaves().get(index);
    InclusionProof honest = tree.inclusion(index);
    Head head = tree.head();

    for (List<Hash> bent : bends(honest.path(), random)) {
      assertFalse(new InclusionProof(index, bent).check(leaf, head).verified());
    }
    assertEquals(
        new Refuted(Reason.ROOT_DIFFERS), honest.check(Hash.ofLeaf("another".getBytes()), head));
    int elsewhere = (index + 1 + random.nextInt(tree.size() - 1)) % tree.size();
    assertFalse(new InclusionProof(elsewhere, honest.path()).check(leaf, head).verified());
    assertEquals(
        new Refuted(Reason.PATH_TOO_SHORT),
        honest.check(leaf, new Head(tree.size() * 2L + 1, head.root())));
    assertEquals(
        new Refuted(Reason.INDEX_BEYOND_HEAD), honest.check(leaf, tree.first(index).head()));
    assertEquals(
        new Refuted(Reason.INDEX_BEYOND_HEAD),
        new InclusionProof(-1 - index, honest.path()).check(leaf, head));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("io.mooring.testing.Seeds#fresh")
  void aBentConsistencyProofIsRefuted(long seed) {
    Random random = new Random(seed);
    RecursiveTree tree = RecursiveTree.random(random, 2 + random.nextInt(130));
    int older = 1 + random.nextInt(tree.size() - 1);
    Head before = tree.first(older).head();
    ConsistencyProof honest = tree.consistency(older);

    for (List<Hash> bent : bends(honest.path(), random)) {
      assertFalse(new ConsistencyProof(bent).check(before, tree.head()).verified());
    }
    Hash other = Hash.ofLeaf("another".getBytes());
    assertFalse(honest.check(new Head(older, other), tree.head()).verified());
    assertFalse(honest.check(before, new Head(tree.size(), other)).verified());
    assertEquals(new Refuted(Reason.SIZE_SHRANK), honest.check(tree.head(), before));
    assertEquals(
        new Refuted(Reason.PATH_TOO_SHORT),
        new ConsistencyProof(List.of()).check(before, tree.head()));
  }

  private static List<List<Hash>> bends(List<Hash> path, Random random) {
    List<List<Hash>> bends = new ArrayList<>();
    Hash other = Hash.ofLeaf(Long.toString(random.nextLong()).getBytes());
    List<Hash> longer = new ArrayList<>(path);
    longer.add(random.nextInt(path.size() + 1), other);
    bends.add(longer);
    if (!path.isEmpty()) {
      int at = random.nextInt(path.size());
      List<Hash> shorter = new ArrayList<>(path);
      shorter.remove(at);
      bends.add(shorter);
      List<Hash> changed = new ArrayList<>(path);
      byte[] bytes = path.get(at).bytes();
      bytes[random.nextInt(Hash.BYTES)] ^= (byte) (1 << random.nextInt(8));
      changed.set(at, Hash.of(bytes));
      bends.add(changed);
    }
    return bends;
  }
}
