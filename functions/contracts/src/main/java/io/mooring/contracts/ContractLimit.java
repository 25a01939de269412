package io.mooring.contracts;

import io.mooring.evm.transaction.TransactionRules;
import io.mooring.platform.limit.Bound;
import io.mooring.platform.limit.Limit;

/** The bounds of what a chain takes and gives. */
public enum ContractLimit implements Limit {
  CHAIN_GAS_LIMIT_MAX("chainGasLimitMax", 200_000_000),
  CHAIN_GAS_LIMIT_UNASKED("chainGasLimitUnasked", 60_000_000),
  CHAIN_ALLOC_BYTES_MAX("chainAllocBytesMax", 256 * 1024),
  CHAIN_CLOCK_SECONDS_MAX("chainClockSecondsMax", 86_400),
  TRANSACTION_GAS_MAX("transactionGasMax", TransactionRules.GAS_LIMIT_MAX),
  TRANSACTION_BYTES_MAX("transactionBytesMax", 128 * 1024),
  TRANSACTION_WALL_MILLIS_MAX("transactionWallMillisMax", 10_000),
  BLOCK_WINDOW_MILLIS_MAX("blockWindowMillisMax", 200),
  BLOCK_WAIT_MILLIS_MAX("blockWaitMillisMax", 8_000),
  BLOCK_TRANSACTIONS_MAX("blockTransactionsMax", 4_000),

  /** A block takes no further transaction above it; one more may weigh 2 MB of logs. */
  BLOCK_BYTES_FULL("blockBytesFull", 1024 * 1024),
  POOL_TRANSACTIONS_MAX("poolTransactionsMax", 20_000),
  POOL_BYTES_MAX("poolBytesMax", 32L * 1024 * 1024),
  POOL_SENDER_TRANSACTIONS_MAX("poolSenderTransactionsMax", 4_096),
  POOL_EXPIRY_SECONDS("poolExpirySeconds", 3 * 3_600),

  /** By how much fees must rise for a transaction to take another one's place. */
  POOL_REPLACEMENT_PERCENT("poolReplacementPercent", 10),

  /** How old a block may be that a transaction names as recent. */
  RECENT_BLOCKS_MAX("recentBlocksMax", 256),
  STATE_HISTORY_BLOCKS("stateHistoryBlocks", 128);

  private final Bound bound;

  ContractLimit(String word, long value) {
    this.bound = new Bound(word, value);
  }

  @Override
  public Bound bound() {
    return bound;
  }
}
