package io.mooring.evm.trie;

import io.mooring.evm.Hash;
import io.mooring.evm.trie.Node.Branch;
import io.mooring.evm.trie.Node.Extension;
import io.mooring.evm.trie.Node.Leaf;
import io.mooring.evm.trie.Node.Loaded;
import io.mooring.evm.trie.Node.Unloaded;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The nodes from a root towards a key, from somebody who is not trusted.
 *
 * <p>It holds only if it is exact: each node is the one that the one above names, and none is left.
 */
public record TrieProof(List<byte[]> nodes) {
  /** What a proof says of a key under a root. */
  public sealed interface Verdict {
    record Present(byte[] value) implements Verdict {}

    record Absent() implements Verdict {}

    /** The proof shows nothing; {@code reason} names the first check that failed. */
    record Invalid(String reason) implements Verdict {}
  }

  public TrieProof {
    nodes = List.copyOf(nodes);
  }

  public Verdict verify(Hash root, byte[] key) {
    byte[] nibbles = Nibbles.of(key);
    if (nodes.isEmpty()) {
      return root.equals(MerkleTrie.EMPTY_ROOT)
          ? new Verdict.Absent()
          : new Verdict.Invalid("no nodes");
    }
    int at = 0;
    int used = 0;
    Node node = new Unloaded(root);
    byte @Nullable [] value = null;
    while (node != null) {
      Loaded loaded;
      switch (node) {
        case Loaded inline -> loaded = inline;
        case Unloaded unloaded -> {
          if (used == nodes.size()) {
            return new Verdict.Invalid("the node " + unloaded.hash + " is missing");
          }
          byte[] encoded = nodes.get(used);
          if (!Hash.keccak(encoded).equals(unloaded.hash)) {
            return new Verdict.Invalid("node " + used + " is not " + unloaded.hash);
          }
          try {
            loaded = Node.decode(encoded);
          } catch (IllegalArgumentException malformed) {
            return new Verdict.Invalid("node " + used + ": " + malformed.getMessage());
          }
          used++;
        }
      }
      switch (loaded) {
        case Leaf leaf -> {
          value = Arrays.equals(leaf.path, Nibbles.from(nibbles, at)) ? leaf.value : null;
          node = null;
        }
        case Extension extension -> {
          boolean follows =
              Nibbles.commonLength(extension.path, nibbles, at) == extension.path.length;
          at += extension.path.length;
          node = follows ? extension.child : null;
        }
        case Branch branch -> {
          boolean ends = at == nibbles.length;
          value = ends ? branch.value : null;
          node = ends ? null : branch.children[nibbles[at++]];
        }
      }
    }
    if (used < nodes.size()) {
      return new Verdict.Invalid((nodes.size() - used) + " nodes too many");
    }
    return value == null ? new Verdict.Absent() : new Verdict.Present(value);
  }
}
