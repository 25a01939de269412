package io.mooring.contracts.state;

import io.mooring.contracts.chain.ChainBlock;
import io.mooring.contracts.chain.LogFilter;
import io.mooring.evm.Address;
import io.mooring.evm.Hash;
import io.mooring.evm.Log;
import io.mooring.evm.U256;
import io.mooring.evm.block.Receipt;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * In which of a seal's blocks a contract has logged, and in which a topic stands at a place: one
 * entry of the run for each, whose value has a bit for each block, the first block's the lowest. So
 * a search for logs reads no block in which it finds nothing, however long the chain is.
 */
final class LogIndex {
  /** Every block of a seal. */
  static final long ALL = -1;

  /** What stands for a contract's address, where topics have their places from 0 on. */
  private static final byte ADDRESS = -1;

  private LogIndex() {}

  /** What is logged, and where in a log. */
  private record Term(byte place, U256 what) {
    static Term of(Address address) {
      return new Term(ADDRESS, address.word());
    }

    static Term of(int place, Hash topic) {
      return new Term((byte) place, topic.word());
    }
  }

  /**
   * The entries of a seal.
   *
   * @param seal the last of the blocks
   */
  static Map<Hash, byte[]> entries(long seal, List<ChainBlock> blocks) {
    Map<Term, Long> masks = new HashMap<>();
    for (ChainBlock block : blocks) {
      long bit = bit(block.number());
      for (Receipt receipt : block.receipts()) {
        for (Log log : receipt.logs()) {
          masks.merge(Term.of(log.address()), bit, (one, other) -> one | other);
          for (int i = 0; i < log.topics().size(); i++) {
            masks.merge(Term.of(i, log.topics().get(i)), bit, (one, other) -> one | other);
          }
        }
      }
    }
    Map<Hash, byte[]> entries = new HashMap<>();
    masks.forEach(
        (term, mask) ->
            entries.put(key(seal, term), ByteBuffer.allocate(Long.BYTES).putLong(mask).array()));
    return entries;
  }

  /** The bit of a block in the mask of its seal. */
  static long bit(long block) {
    return 1L << (block - 1) % StateStore.SEAL_BLOCKS;
  }

  /**
   * The blocks of a seal in which all that a filter names is logged, if not in one log.
   *
   * @param entry what the seal's run has under a key, or no bytes
   */
  static long mask(long seal, LogFilter filter, Function<Hash, byte[]> entry) {
    long mask = any(seal, filter.addresses(), Term::of, entry);
    for (int i = 0; i < filter.topics().size() && mask != 0; i++) {
      int place = i;
      mask &= any(seal, filter.topics().get(i), topic -> Term.of(place, topic), entry);
    }
    return mask;
  }

  private static <T> long any(
      long seal, Set<T> wanted, Function<T, Term> term, Function<Hash, byte[]> entry) {
    if (wanted.isEmpty()) {
      return ALL;
    }
    long mask = 0;
    for (T what : wanted) {
      byte[] found = entry.apply(key(seal, term.apply(what)));
      mask |= found.length == 0 ? 0 : ByteBuffer.wrap(found).getLong();
    }
    return mask;
  }

  private static Hash key(long seal, Term term) {
    return Hash.keccak(
        ByteBuffer.allocate(Long.BYTES + 1 + U256.BYTES)
            .putLong(seal)
            .put(term.place)
            .put(term.what.bytes())
            .array());
  }
}
