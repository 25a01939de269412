package io.mooring.evm.trie;

import io.mooring.evm.Hash;
import io.mooring.evm.rlp.RlpOutput;
import io.mooring.evm.trie.Node.Branch;
import io.mooring.evm.trie.Node.Extension;
import io.mooring.evm.trie.Node.Leaf;
import io.mooring.evm.trie.Node.Loaded;
import io.mooring.evm.trie.Node.Unloaded;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A map from byte strings to byte strings whose root hash commits to all of it.
 *
 * <p>Nodes come from a store when they are first needed, and only what changed is hashed again.
 * Copies are cheap, for they share every node. Not thread-safe.
 */
public final class MerkleTrie {
  /** The root of a trie with nothing in it: the hash of the empty string's encoding. */
  public static final Hash EMPTY_ROOT = Hash.keccak(new RlpOutput().bytes(new byte[0]).toBytes());

  private final NodeStore store;
  private final NodeWatcher watcher;
  private @Nullable Node root;

  private MerkleTrie(NodeStore store, NodeWatcher watcher, @Nullable Node root) {
    this.store = store;
    this.watcher = watcher;
    this.root = root;
  }

  public static MerkleTrie empty(NodeStore store) {
    return new MerkleTrie(store, NodeWatcher.NONE, null);
  }

  /** The trie under a root that the store has, or will have when it is first read. */
  public static MerkleTrie open(Hash root, NodeStore store) {
    return new MerkleTrie(
        store, NodeWatcher.NONE, root.equals(EMPTY_ROOT) ? null : new Unloaded(root));
  }

  public MerkleTrie copy() {
    return new MerkleTrie(store, watcher, root);
  }

  /** A copy of which every look is told; what is put there is not, until it is hashed. */
  public MerkleTrie watched(NodeWatcher by) {
    return new MerkleTrie(store, by, root);
  }

  public Hash root() {
    return root == null ? EMPTY_ROOT : root.hash();
  }

  public Optional<byte[]> get(byte[] key) {
    byte[] nibbles = Nibbles.of(key);
    int at = 0;
    Node node = root;
    while (node != null) {
      switch (load(node)) {
        case Leaf leaf -> {
          return Arrays.equals(leaf.path, Nibbles.from(nibbles, at))
              ? Optional.of(leaf.value)
              : Optional.empty();
        }
        case Extension extension -> {
          if (Nibbles.commonLength(extension.path, nibbles, at) < extension.path.length) {
            return Optional.empty();
          }
          at += extension.path.length;
          node = extension.child;
        }
        case Branch branch -> {
          if (at == nibbles.length) {
            return Optional.ofNullable(branch.value);
          }
          node = branch.children[nibbles[at++]];
        }
      }
    }
    return Optional.empty();
  }

  /** Sets a value; none at all, the empty string, removes the key as Ethereum has it. */
  public void put(byte[] key, byte[] value) {
    if (value.length == 0) {
      remove(key);
    } else {
      root = put(root, Nibbles.of(key), 0, value);
    }
  }

  public void remove(byte[] key) {
    if (root != null) {
      root = remove(root, Nibbles.of(key), 0);
    }
  }

  /** Saves every node that the store does not have yet, and gives the root. */
  public Hash commit() {
    if (root == null) {
      return EMPTY_ROOT;
    }
    Hash hash = root.hash();
    root.save(store);
    if (root.isInline()) {
      store.save(hash, root.encode());
    }
    return hash;
  }

  /**
   * The encoded nodes from the root towards a key, which prove its value or that it has none; nodes
   * too short to have a hash are inside the ones above them.
   */
  public List<byte[]> proof(byte[] key) {
    byte[] nibbles = Nibbles.of(key);
    List<byte[]> nodes = new ArrayList<>();
    int at = 0;
    Node node = root;
    while (node != null) {
      Loaded loaded = load(node);
      if (nodes.isEmpty() || !loaded.isInline()) {
        nodes.add(loaded.encode());
      }
      switch (loaded) {
        case Leaf leaf -> node = null;
        case Extension extension -> {
          boolean follows =
              Nibbles.commonLength(extension.path, nibbles, at) == extension.path.length;
          at += extension.path.length;
          node = follows ? extension.child : null;
        }
        case Branch branch -> node = at == nibbles.length ? null : branch.children[nibbles[at++]];
      }
    }
    return nodes;
  }

  private Node put(@Nullable Node at, byte[] key, int offset, byte[] value) {
    if (at == null) {
      return new Leaf(Nibbles.from(key, offset), value);
    }
    return switch (load(at)) {
      case Leaf leaf -> {
        int common = Nibbles.commonLength(leaf.path, key, offset);
        if (common == leaf.path.length && offset + common == key.length) {
          yield Arrays.equals(leaf.value, value) ? leaf : new Leaf(leaf.path, value);
        }
        Branch fork = new Branch(new Node[Node.CHILDREN], null);
        fork = putInBranch(fork, leaf.path, common, leaf.value);
        fork = putInBranch(fork, key, offset + common, value);
        yield extended(Arrays.copyOf(leaf.path, common), fork);
      }
      case Extension extension -> {
        int common = Nibbles.commonLength(extension.path, key, offset);
        if (common == extension.path.length) {
          Node child = put(extension.child, key, offset + common, value);
          yield same(extension.child, child) ? extension : new Extension(extension.path, child);
        }
        Node below = extended(Nibbles.from(extension.path, common + 1), extension.child);
        Branch fork = new Branch(new Node[Node.CHILDREN], null).with(extension.path[common], below);
        fork = putInBranch(fork, key, offset + common, value);
        yield extended(Arrays.copyOf(extension.path, common), fork);
      }
      case Branch branch -> putInBranch(branch, key, offset, value);
    };
  }

  private Branch putInBranch(Branch branch, byte[] key, int offset, byte[] value) {
    if (offset == key.length) {
      return Arrays.equals(branch.value, value) ? branch : new Branch(branch.children, value);
    }
    Node child = branch.children[key[offset]];
    Node changed = put(child, key, offset + 1, value);
    return same(child, changed) ? branch : branch.with(key[offset], changed);
  }

  private @Nullable Node remove(Node at, byte[] key, int offset) {
    return switch (load(at)) {
      case Leaf leaf -> Arrays.equals(leaf.path, Nibbles.from(key, offset)) ? null : leaf;
      case Extension extension -> {
        if (Nibbles.commonLength(extension.path, key, offset) < extension.path.length) {
          yield extension;
        }
        Node child = remove(extension.child, key, offset + extension.path.length);
        if (child == null) {
          throw new IllegalArgumentException("an extension with a single key below it");
        }
        yield same(extension.child, child) ? extension : extended(extension.path, child);
      }
      case Branch branch -> removeFromBranch(branch, key, offset);
    };
  }

  private Node removeFromBranch(Branch branch, byte[] key, int offset) {
    if (offset == key.length) {
      return branch.value == null ? branch : shrunk(new Branch(branch.children, null));
    }
    Node child = branch.children[key[offset]];
    if (child == null) {
      return branch;
    }
    Node changed = remove(child, key, offset + 1);
    return same(child, changed) ? branch : shrunk(branch.with(key[offset], changed));
  }

  private boolean same(@Nullable Node before, @Nullable Node after) {
    return before != null && load(before) == after;
  }

  /** A branch with one thing left in it is no branch: what is left takes its place. */
  private Node shrunk(Branch branch) {
    int last = -1;
    int count = 0;
    for (int i = 0; i < Node.CHILDREN; i++) {
      if (branch.children[i] != null) {
        last = i;
        count++;
      }
    }
    if (count == 0 && branch.value != null) {
      return new Leaf(new byte[0], branch.value);
    }
    Node only = last < 0 ? null : branch.children[last];
    return count == 1 && only != null && branch.value == null
        ? extended(new byte[] {(byte) last}, load(only))
        : branch;
  }

  /** {@code node} below a path, which leaves and extensions take into their own. */
  private static Node extended(byte[] path, Node node) {
    if (path.length == 0) {
      return node;
    }
    return switch (node) {
      case Leaf leaf -> new Leaf(Nibbles.concat(path, leaf.path), leaf.value);
      case Extension below -> new Extension(Nibbles.concat(path, below.path), below.child);
      case Branch branch -> new Extension(path, branch);
      case Unloaded branch -> new Extension(path, branch);
    };
  }

  private Loaded load(Node node) {
    Loaded loaded = node.load(store);
    if (watcher != NodeWatcher.NONE && loaded.isHashed()) {
      watcher.seen(loaded.hash(), loaded::encode);
    }
    return loaded;
  }
}
