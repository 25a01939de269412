package io.mooring.evm.trie;

import io.mooring.evm.Hash;

/** A node that a root refers to and the store does not have. */
public final class MissingNode extends IllegalStateException {
  private final Hash hash;

  public MissingNode(Hash hash) {
    super("no trie node " + hash);
    this.hash = hash;
  }

  public Hash hash() {
    return hash;
  }
}
