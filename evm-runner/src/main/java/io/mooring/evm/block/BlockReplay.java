package io.mooring.evm.block;

import io.mooring.evm.Address;
import io.mooring.evm.BlockContext;
import io.mooring.evm.Evm;
import io.mooring.evm.Fork;
import io.mooring.evm.U256;
import io.mooring.evm.block.BlockHeader.Format;
import io.mooring.evm.state.StateSource;
import io.mooring.evm.transaction.SignedTransaction;
import io.mooring.evm.transaction.TransactionResult;
import io.mooring.evm.transaction.TransactionRules;
import io.mooring.evm.trie.StateTrie;

/** Runs a block that is given whole, and checks that its header says what comes out. */
public final class BlockReplay {
  private final Evm evm;
  private final TransactionRules rules;
  private final Address depositContract;

  public BlockReplay(Evm evm, TransactionRules rules) {
    this(evm, rules, Requests.DEPOSIT_CONTRACT);
  }

  public BlockReplay(Evm evm, TransactionRules rules, Address depositContract) {
    this.evm = evm;
    this.rules = rules;
    this.depositContract = depositContract;
  }

  /**
   * @param trie of the state in {@code source}, which is the one before the block; it stays as it
   *     is
   * @throws InvalidBlock if a transaction may not be in the block, or the header says otherwise
   */
  public BlockExecution run(
      Block block, BlockContext.BlockHashes hashes, StateSource source, StateTrie trie) {
    BlockHeader header = block.header();
    BlockExecution execution =
        new BlockExecution(evm, rules, context(header, hashes), source, trie);
    execution.begin(header.parentHash(), header.parentBeaconBlockRoot());
    for (SignedTransaction transaction : block.transactions()) {
      switch (execution.add(transaction)) {
        case TransactionResult.Executed executed -> {}
        case TransactionResult.Refused(var refusal) ->
            throw new InvalidBlock(transaction.hash() + ": " + refusal.explanation());
        case TransactionResult.Interrupted(var halt) ->
            throw new IllegalStateException(transaction.hash() + " was interrupted: " + halt);
      }
    }
    execution.withdraw(block.withdrawals());
    BlockReward.pay(rules.fork(), header, block.ommers(), execution);

    require(header.gasUsed(), execution.gasUsed(), "gas used");
    require(header.bloom(), execution.bloom(), "bloom");
    require(header.receiptsRoot(), IndexedRoot.ofReceipts(execution.receipts()), "receipts root");
    require(
        header.transactionsRoot(),
        IndexedRoot.ofTransactions(block.transactions()),
        "transactions root");
    if (header.format().has(Format.SHANGHAI)) {
      require(
          header.withdrawalsRoot(),
          IndexedRoot.ofWithdrawals(block.withdrawals()),
          "withdrawals root");
    }
    if (header.format().has(Format.CANCUN)) {
      require(header.blobGasUsed(), execution.blobGasUsed(), "blob gas used");
    }
    if (header.format().has(Format.PRAGUE)) {
      require(header.requestsHash(), execution.requests(depositContract).hash(), "requests hash");
    }
    require(header.stateRoot(), execution.stateRoot(), "state root");
    return execution;
  }

  private BlockContext context(BlockHeader header, BlockContext.BlockHashes hashes) {
    Fork fork = rules.fork();
    return new BlockContext(
        header.number(),
        header.timestamp(),
        header.gasLimit(),
        header.coinbase(),
        fork.includes(Fork.PARIS) ? header.mixHash().word() : header.difficulty(),
        header.baseFee(),
        fork.includes(Fork.CANCUN) ? rules.blobs().baseFee(header.excessBlobGas()) : U256.ZERO,
        rules.chainId(),
        hashes);
  }

  private static void require(Object said, Object found, String what) {
    if (!said.equals(found)) {
      throw new InvalidBlock("the header's " + what + " is " + said + ", not " + found);
    }
  }
}
