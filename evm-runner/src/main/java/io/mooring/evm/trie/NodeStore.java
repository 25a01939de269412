package io.mooring.evm.trie;

import io.mooring.evm.Hash;
import java.util.Optional;

/**
 * Trie nodes by the hash of their encoding.
 *
 * <p>Trust: a store cannot lie unnoticed where its nodes are checked against their hashes, as
 * {@link TrieProof} and the witness do; the trie itself trusts it. Loss: a lost node makes every
 * root above it unreadable.
 */
public interface NodeStore {
  /** A store that has nothing and keeps nothing. */
  NodeStore NONE =
      new NodeStore() {
        @Override
        public Optional<byte[]> load(Hash hash) {
          return Optional.empty();
        }

        @Override
        public void save(Hash hash, byte[] node) {}
      };

  Optional<byte[]> load(Hash hash);

  void save(Hash hash, byte[] node);
}
