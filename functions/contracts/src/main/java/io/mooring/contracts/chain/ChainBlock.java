package io.mooring.contracts.chain;

import io.mooring.evm.Address;
import io.mooring.evm.Hash;
import io.mooring.evm.block.Block;
import io.mooring.evm.block.BlockHeader;
import io.mooring.evm.block.Receipt;
import io.mooring.evm.transaction.SignedTransaction;
import java.util.List;

/**
 * A committed block with what its execution said.
 *
 * @param hash of its header
 * @param transactionHashes in the block's order, as are {@code senders} and {@code receipts}
 * @param timeMillis when it was cut; its header can only say seconds
 * @param bytes the length of its encoding
 */
public record ChainBlock(
    Block block,
    Hash hash,
    List<Hash> transactionHashes,
    List<Address> senders,
    List<Receipt> receipts,
    long timeMillis,
    int bytes) {
  public ChainBlock {
    transactionHashes = List.copyOf(transactionHashes);
    senders = List.copyOf(senders);
    receipts = List.copyOf(receipts);
    int transactions = block.transactions().size();
    if (transactionHashes.size() != transactions
        || senders.size() != transactions
        || receipts.size() != transactions) {
      throw new IllegalArgumentException("a block has one receipt for each transaction");
    }
  }

  public BlockHeader header() {
    return block.header();
  }

  public long number() {
    return block.header().number();
  }

  public List<SignedTransaction> transactions() {
    return block.transactions();
  }

  /** What one transaction used of the block's gas. */
  public long gasUsed(int index) {
    long before = index == 0 ? 0 : receipts.get(index - 1).cumulativeGasUsed();
    return receipts.get(index).cumulativeGasUsed() - before;
  }

  /** The place in the block of the first log of one transaction. */
  public int firstLog(int index) {
    int first = 0;
    for (int i = 0; i < index; i++) {
      first += receipts.get(i).logs().size();
    }
    return first;
  }
}
