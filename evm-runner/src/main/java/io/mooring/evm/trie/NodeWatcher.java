package io.mooring.evm.trie;

import io.mooring.evm.Hash;
import java.util.function.Supplier;

/** Told of every node of a trie that is looked at and has a hash; of the same one many times. */
@FunctionalInterface
public interface NodeWatcher {
  NodeWatcher NONE = (hash, encoding) -> {};

  void seen(Hash hash, Supplier<byte[]> encoding);
}
