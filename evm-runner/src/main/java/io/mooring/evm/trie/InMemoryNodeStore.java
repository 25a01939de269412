package io.mooring.evm.trie;

import io.mooring.evm.Hash;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Trie nodes on the heap; it forgets nothing, so it suits tests, tools and short-lived states. */
public final class InMemoryNodeStore implements NodeStore {
  private final Map<Hash, byte[]> nodes = new ConcurrentHashMap<>();

  @Override
  public Optional<byte[]> load(Hash hash) {
    return Optional.ofNullable(nodes.get(hash));
  }

  @Override
  public void save(Hash hash, byte[] node) {
    nodes.put(hash, node);
  }

  public int size() {
    return nodes.size();
  }
}
