package io.mooring.evm.witness;

import io.mooring.evm.BlockContext.BlockHashes;
import io.mooring.evm.Hash;
import io.mooring.evm.block.BlockHeader;
import io.mooring.evm.state.Code;
import io.mooring.evm.trie.StateTrie;
import io.mooring.evm.trie.TrieState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongFunction;

/**
 * Stands between one block's execution and what it reads, and keeps a copy of it.
 *
 * <p>For one block only. Not thread-safe.
 */
public final class WitnessRecorder {
  private final Function<Hash, Code> codeStore;
  private final LongFunction<BlockHeader> headerStore;
  private final BlockHeader parent;
  private final Map<Hash, byte[]> nodes = new LinkedHashMap<>();
  private final Map<Hash, byte[]> codes = new LinkedHashMap<>();
  private final List<BlockHeader> headers = new ArrayList<>();
  private final StateTrie trie;

  /**
   * @param before the state's trie after the parent, which stays as it is
   * @param headerStore gives the header of each block before, by number
   */
  public WitnessRecorder(
      StateTrie before,
      Function<Hash, Code> codeStore,
      LongFunction<BlockHeader> headerStore,
      BlockHeader parent) {
    this.codeStore = codeStore;
    this.headerStore = headerStore;
    this.parent = parent;
    this.trie =
        before.watched((hash, encoding) -> nodes.computeIfAbsent(hash, one -> encoding.get()));
    headers.add(parent);
  }

  /** The trie of the parent's state, which the execution has to work on. */
  public StateTrie trie() {
    return trie;
  }

  /** The parent's state, which the execution has to read. */
  public TrieState source() {
    return new TrieState(trie, this::code);
  }

  /** The hashes of the blocks before, which the execution has to ask. */
  public BlockHashes hashes() {
    return this::hash;
  }

  public Witness witness() {
    return new Witness(
        List.copyOf(nodes.values()),
        List.copyOf(codes.values()),
        headers.stream().map(BlockHeader::encode).toList());
  }

  private Code code(Hash hash) {
    Code code = codeStore.apply(hash);
    codes.put(hash, code.bytes());
    return code;
  }

  /** A block's hash stands in the header after it, so those down to there are what shows it. */
  private Hash hash(long number) {
    if (number == parent.number()) {
      return parent.hash();
    }
    while (headers.getLast().number() > number + 1) {
      headers.add(headerStore.apply(headers.getLast().number() - 1));
    }
    return headers.get((int) (parent.number() - number - 1)).parentHash();
  }
}
