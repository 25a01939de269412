package io.mooring.evm.trie;

import io.mooring.evm.Hash;
import io.mooring.evm.crypto.Keccak256;
import io.mooring.evm.rlp.MalformedRlp;
import io.mooring.evm.rlp.RlpInput;
import io.mooring.evm.rlp.RlpOutput;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A node of a trie. Nodes never change: a write makes new ones along its path, so that copies share
 * the rest and each node is hashed once. What a node remembers may be set by any thread.
 */
abstract sealed class Node {
  static final int CHILDREN = 16;

  /** A branch with all its children, and nearly every leaf, fits. */
  private static final int ENCODED_BYTES = 544;

  private static final byte HASH_HEADER = (byte) 0xa0;
  private static final int HASH_ITEM_BYTES = 1 + Hash.BYTES;

  // Volatile, as is what an unloaded node loads: tries that nobody changes are read by many
  // threads.
  private volatile byte @Nullable [] reference;
  private volatile boolean saved;

  /** A node that is here. */
  abstract static sealed class Loaded extends Node {
    @Override
    final Loaded load(NodeStore store) {
      return this;
    }
  }

  /** The end of a path, with its value. */
  static final class Leaf extends Loaded {
    final byte[] path;
    final byte[] value;

    Leaf(byte[] path, byte[] value) {
      this.path = path;
      this.value = value;
    }

    @Override
    void write(RlpOutput output) {
      output.startList().bytes(Nibbles.encode(path, true)).bytes(value).endList();
    }

    @Override
    void saveChildren(NodeStore store) {}
  }

  /** A stretch of path, never empty, that many keys share; below it stands a branch. */
  static final class Extension extends Loaded {
    final byte[] path;
    final Node child;

    Extension(byte[] path, Node child) {
      this.path = path;
      this.child = child;
    }

    @Override
    void write(RlpOutput output) {
      output.startList().bytes(Nibbles.encode(path, false)).encoded(child.reference()).endList();
    }

    @Override
    void saveChildren(NodeStore store) {
      child.save(store);
    }
  }

  /** Where keys part; {@code value} is of the key that ends here. */
  static final class Branch extends Loaded {
    private static final byte[] EMPTY_STRING = {(byte) 0x80};

    final @Nullable Node[] children;
    final byte @Nullable [] value;

    Branch(@Nullable Node[] children, byte @Nullable [] value) {
      this.children = children;
      this.value = value;
    }

    Branch with(int nibble, @Nullable Node child) {
      @Nullable Node[] changed = children.clone();
      changed[nibble] = child;
      return new Branch(changed, value);
    }

    @Override
    void write(RlpOutput output) {
      output.startList();
      for (Node child : children) {
        output.encoded(child == null ? EMPTY_STRING : child.reference());
      }
      output.bytes(value == null ? new byte[0] : value).endList();
    }

    @Override
    void saveChildren(NodeStore store) {
      for (Node child : children) {
        if (child != null) {
          child.save(store);
        }
      }
    }
  }

  /** A node of which only the hash is known yet; it remembers what it loaded. */
  static final class Unloaded extends Node {
    final Hash hash;
    private volatile @Nullable Loaded loaded;

    Unloaded(Hash hash) {
      this.hash = hash;
      markSaved(hashItem(hash.bytes()));
    }

    @Override
    Loaded load(NodeStore store) {
      Loaded known = loaded;
      if (known == null) {
        byte[] encoded = store.load(hash).orElseThrow(() -> new MissingNode(hash));
        known = decode(encoded);
        known.markSaved(reference());
        loaded = known;
      }
      return known;
    }

    @Override
    void write(RlpOutput output) {
      throw new IllegalStateException("an unloaded node is known by its hash only");
    }

    @Override
    void saveChildren(NodeStore store) {}
  }

  abstract void write(RlpOutput output);

  abstract void saveChildren(NodeStore store);

  /** The node itself, fetched first if only its hash is known. */
  abstract Loaded load(NodeStore store);

  final byte[] encode() {
    RlpOutput output = new RlpOutput(ENCODED_BYTES);
    write(output);
    return output.toBytes();
  }

  /** What stands for this node in the one above: its encoding if that is short, else its hash. */
  final byte[] reference() {
    byte[] known = reference;
    if (known == null) {
      byte[] encoded = encode();
      known = encoded.length < Hash.BYTES ? encoded : hashItem(Keccak256.hash(encoded));
      reference = known;
    }
    return known;
  }

  final boolean isInline() {
    return reference().length != HASH_ITEM_BYTES;
  }

  /** Whether it is known to be stored by its hash; one that was just made is not yet. */
  final boolean isHashed() {
    byte[] known = reference;
    return known != null && known.length == HASH_ITEM_BYTES;
  }

  /** The hash of the node's encoding, short or not: what a root is. */
  final Hash hash() {
    return isInline() ? Hash.keccak(reference()) : Hash.of(hashOf(reference()));
  }

  /** Saves what is not in the store yet: this node and those below that are new with it. */
  final void save(NodeStore store) {
    if (!saved) {
      saveChildren(store);
      if (!isInline()) {
        store.save(hash(), encode());
      }
      saved = true;
    }
  }

  final void markSaved(byte[] as) {
    reference = as;
    saved = true;
  }

  private static byte[] hashItem(byte[] hash) {
    byte[] item = new byte[HASH_ITEM_BYTES];
    item[0] = HASH_HEADER;
    System.arraycopy(hash, 0, item, 1, Hash.BYTES);
    return item;
  }

  private static byte[] hashOf(byte[] hashItem) {
    return Arrays.copyOfRange(hashItem, 1, HASH_ITEM_BYTES);
  }

  /**
   * @throws IllegalArgumentException if this is not the encoding of a node
   */
  static Loaded decode(byte[] encoded) {
    RlpInput whole = RlpInput.of(encoded);
    Loaded node = node(whole, 0);
    whole.end();
    return node;
  }

  private static Loaded node(RlpInput input, int depth) {
    if (depth > Hash.BYTES) {
      throw new MalformedRlp("nodes nested deeper than their size allows");
    }
    RlpInput items = input.list();
    byte[] firstItem = items.encoded();
    byte[] secondItem = items.encoded();
    if (items.hasNext()) {
      return branch(firstItem, secondItem, items, depth);
    }
    byte[] packed = RlpInput.of(firstItem).bytes();
    byte[] path = Nibbles.decode(packed);
    if (Nibbles.isTerminated(packed)) {
      return new Leaf(path, value(RlpInput.of(secondItem)));
    }
    Node child = child(RlpInput.of(secondItem), depth);
    if (child == null || path.length == 0) {
      throw new MalformedRlp("an extension without a path or a child");
    }
    return new Extension(path, child);
  }

  private static Branch branch(byte[] first, byte[] second, RlpInput rest, int depth) {
    @Nullable Node[] children = new Node[CHILDREN];
    children[0] = child(RlpInput.of(first), depth);
    children[1] = child(RlpInput.of(second), depth);
    for (int i = 2; i < CHILDREN; i++) {
      children[i] = child(rest, depth);
    }
    byte[] value = rest.bytes();
    rest.end();
    return new Branch(children, value.length == 0 ? null : value);
  }

  private static byte[] value(RlpInput input) {
    byte[] value = input.bytes();
    if (value.length == 0) {
      throw new MalformedRlp("a leaf without a value");
    }
    return value;
  }

  private static @Nullable Node child(RlpInput input, int depth) {
    if (!input.nextIsList()) {
      return input.nextIsEmpty() ? skipped(input) : new Unloaded(Hash.of(input.bytes(Hash.BYTES)));
    }
    byte[] encoded = input.encoded();
    if (encoded.length >= Hash.BYTES) {
      throw new MalformedRlp("a node inside another that has to stand alone");
    }
    Loaded child = node(RlpInput.of(encoded), depth + 1);
    child.markSaved(encoded);
    return child;
  }

  private static @Nullable Node skipped(RlpInput input) {
    input.bytes();
    return null;
  }
}
