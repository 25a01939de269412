package io.mooring.evm.trie;

import io.mooring.evm.Hash;
import io.mooring.evm.crypto.Keccak256;
import java.util.List;
import java.util.Optional;

/** A trie that looks its keys up by their hash, so that nobody can make a deep path on purpose. */
public final class SecureTrie {
  private final MerkleTrie trie;

  private SecureTrie(MerkleTrie trie) {
    this.trie = trie;
  }

  public static SecureTrie empty(NodeStore store) {
    return new SecureTrie(MerkleTrie.empty(store));
  }

  public static SecureTrie open(Hash root, NodeStore store) {
    return new SecureTrie(MerkleTrie.open(root, store));
  }

  public SecureTrie copy() {
    return new SecureTrie(trie.copy());
  }

  public SecureTrie watched(NodeWatcher by) {
    return new SecureTrie(trie.watched(by));
  }

  public Hash root() {
    return trie.root();
  }

  public Optional<byte[]> get(byte[] key) {
    return trie.get(Keccak256.hash(key));
  }

  public void put(byte[] key, byte[] value) {
    trie.put(Keccak256.hash(key), value);
  }

  public void remove(byte[] key) {
    trie.remove(Keccak256.hash(key));
  }

  public Hash commit() {
    return trie.commit();
  }

  public List<byte[]> proof(byte[] key) {
    return trie.proof(Keccak256.hash(key));
  }
}
