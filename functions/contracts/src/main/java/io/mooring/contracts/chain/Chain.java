package io.mooring.contracts.chain;

import io.mooring.billing.Charge;
import io.mooring.evm.Address;
import io.mooring.evm.BlockContext;
import io.mooring.evm.Hash;
import io.mooring.evm.block.BlockHeader;
import io.mooring.evm.transaction.TransactionRules;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * One chain: its blocks, the state after each, and the pool of what wants to be in the next.
 * Thread-safe.
 */
public interface Chain {
  ChainFacts facts();

  /** The last committed block, as this process knows it; a chain has at least its genesis block. */
  ChainBlock latest();

  Optional<ChainBlock> block(long number);

  Optional<ChainBlock> block(Hash hash);

  /** What committing a block was charged; nothing where nothing was. */
  List<Charge> charges(long block);

  /** Where a committed transaction stands. */
  Optional<Place> place(Hash transaction);

  /**
   * The state after a block.
   *
   * @throws StateUnavailableException if it is not kept any more, or the block is not there
   */
  ChainState state(long number);

  /**
   * The header of a block that would be cut now on top of the latest one, with zeros where it says
   * what came out; calls at {@code pending} run under it.
   */
  BlockHeader next();

  /** What code sees of a block with this header, hashes of the blocks before it included. */
  BlockContext context(BlockHeader header);

  /** What a block with this header demands of its transactions. */
  default TransactionRules rules(BlockHeader header) {
    return facts().rules(header.number(), header.timestamp());
  }

  /**
   * Checks a transaction and takes it in; ends when it is refused, or stands durably in the pool or
   * in a block. Never blocks the caller.
   */
  CompletableFuture<Submission> submit(Sending sending);

  PoolView pool();

  /**
   * The nonce after all that waits for a sender, with what waits on pages of other processes: for
   * whoever is to be given a nonce that nobody has.
   */
  long freeNonce(Address sender);

  /** The logs that a filter lets through, in their order, at most {@code limit} of them. */
  LogPage logs(LogFilter filter, LogCursor from, int limit);

  /** Tells of every block and pending transaction from now on, until it is closed. */
  Subscription listen(ChainListener listener);

  /** What a listener holds; closing it ends the telling. */
  interface Subscription extends AutoCloseable {
    @Override
    void close();
  }
}
