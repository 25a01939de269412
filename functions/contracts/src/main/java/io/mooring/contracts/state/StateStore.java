package io.mooring.contracts.state;

import io.mooring.evm.Hash;
import io.mooring.evm.state.Code;
import io.mooring.evm.trie.NodeStore;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Trie nodes and code of one chain, by their hashes. Thread-safe. */
public final class StateStore implements NodeStore {
  private final Map<Hash, byte[]> values = new ConcurrentHashMap<>();
  private final Map<Hash, Code> codes = new ConcurrentHashMap<>();

  @Override
  public Optional<byte[]> load(Hash hash) {
    return Optional.ofNullable(values.get(hash));
  }

  @Override
  public void save(Hash hash, byte[] node) {
    values.put(hash, node);
  }

  /** The code of that hash, which an account of the chain names. */
  public Code code(Hash hash) {
    Code known = codes.get(hash);
    if (known == null) {
      throw new IllegalStateException("no code " + hash);
    }
    return known;
  }

  /** Takes in the new codes of a block. */
  public void learn(Map<Hash, Code> fresh) {
    codes.putAll(fresh);
  }
}
