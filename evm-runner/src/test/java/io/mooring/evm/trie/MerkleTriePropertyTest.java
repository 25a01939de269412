package io.mooring.evm.trie;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mooring.evm.Hash;
import io.mooring.evm.trie.TrieProof.Verdict;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class MerkleTriePropertyTest {
  private static final long SEED = Long.getLong("seed", 20L);

  @Test
  void anyHistoryEndsAtTheRootOfWhatIsLeft() {
    Random random = new Random(SEED);
    for (int round = 0; round < 300; round++) {
      InMemoryNodeStore store = new InMemoryNodeStore();
      MerkleTrie trie = MerkleTrie.empty(store);
      TreeMap<String, byte[]> expected = new TreeMap<>();
      for (int step = 0; step < 60; step++) {
        byte[] key = key(random);
        if (random.nextInt(3) == 0) {
          trie.remove(key);
          expected.remove(HexFormat.of().formatHex(key));
        } else {
          byte[] value = value(random);
          trie.put(key, value);
          expected.put(HexFormat.of().formatHex(key), value);
        }
        switch (random.nextInt(6)) {
          case 0 -> trie = MerkleTrie.open(trie.commit(), store);
          case 1 -> trie.commit();
          case 2 -> trie.root();
          default -> {}
        }
      }
      assertEquals(rebuilt(expected).root(), trie.root(), "seed " + SEED + ", round " + round);
      Hash root = trie.commit();
      MerkleTrie reopened = MerkleTrie.open(root, store);
      for (int i = 0; i < 40; i++) {
        byte[] key = key(random);
        Optional<byte[]> value = reopened.get(key);
        byte[] wanted = expected.get(HexFormat.of().formatHex(key));
        assertEquals(wanted != null, value.isPresent());
        Verdict verdict = new TrieProof(reopened.proof(key)).verify(root, key);
        if (wanted == null) {
          assertEquals(new Verdict.Absent(), verdict);
        } else {
          assertArrayEquals(wanted, value.orElseThrow());
          assertArrayEquals(wanted, assertInstanceOf(Verdict.Present.class, verdict).value());
        }
      }
    }
  }

  private static MerkleTrie rebuilt(TreeMap<String, byte[]> content) {
    MerkleTrie trie = MerkleTrie.empty(NodeStore.NONE);
    content.descendingMap().forEach((key, value) -> trie.put(HexFormat.of().parseHex(key), value));
    return trie;
  }

  @Test
  void copiesDoNotSeeEachOthersWrites() {
    MerkleTrie trie = MerkleTrie.empty(NodeStore.NONE);
    trie.put(new byte[] {1}, new byte[] {1});
    Hash before = trie.root();
    MerkleTrie copy = trie.copy();
    copy.put(new byte[] {1}, new byte[] {2});
    copy.put(new byte[] {2}, new byte[] {3});
    assertEquals(before, trie.root());
    assertTrue(!before.equals(copy.root()));
  }

  @Test
  void saysWhichNodeIsMissing() {
    Hash root = Hash.keccak(new byte[] {1});
    MissingNode missing =
        assertThrows(
            MissingNode.class,
            () -> MerkleTrie.open(root, new InMemoryNodeStore()).get(new byte[] {1}));
    assertEquals(root, missing.hash());
  }

  @Test
  void bentProofsProveNothing() {
    Random random = new Random(SEED);
    SecureTrie trie = SecureTrie.empty(NodeStore.NONE);
    for (int i = 0; i < 500; i++) {
      trie.put(new byte[] {(byte) i, (byte) (i >> 8)}, value(random));
    }
    byte[] key = {7, 1};
    byte[] hashed = Hash.keccak(key).bytes();
    List<byte[]> proof = trie.proof(key);
    assertInstanceOf(Verdict.Present.class, new TrieProof(proof).verify(trie.root(), hashed));

    for (int node = 0; node < proof.size(); node++) {
      List<byte[]> shorter = new ArrayList<>(proof);
      shorter.remove(node);
      assertInvalid(shorter, trie.root(), hashed);
      for (int bit = 0; bit < 8 * proof.get(node).length; bit++) {
        List<byte[]> bent = new ArrayList<>(proof);
        byte[] flipped = proof.get(node).clone();
        flipped[bit / 8] ^= (byte) (1 << bit % 8);
        bent.set(node, flipped);
        assertInvalid(bent, trie.root(), hashed);
      }
    }
    List<byte[]> longer = new ArrayList<>(proof);
    longer.add(proof.getLast());
    assertInvalid(longer, trie.root(), hashed);
    assertInvalid(proof, Hash.ZERO, hashed);
    assertInvalid(List.of(), trie.root(), hashed);
  }

  @Test
  void anEmptyProofProvesAbsenceUnderTheEmptyRootOnly() {
    assertEquals(
        new Verdict.Absent(), new TrieProof(List.of()).verify(MerkleTrie.EMPTY_ROOT, new byte[32]));
  }

  private static void assertInvalid(List<byte[]> nodes, Hash root, byte[] key) {
    assertInstanceOf(Verdict.Invalid.class, new TrieProof(nodes).verify(root, key));
  }

  /** Short keys of few nibbles, so that they share, end inside and part at every place. */
  private static byte[] key(Random random) {
    byte[] key = new byte[1 + random.nextInt(3)];
    for (int i = 0; i < key.length; i++) {
      key[i] = (byte) (random.nextInt(3) << 4 | random.nextInt(3));
    }
    return key;
  }

  private static byte[] value(Random random) {
    byte[] value = new byte[1 + random.nextInt(40)];
    random.nextBytes(value);
    return value;
  }
}
