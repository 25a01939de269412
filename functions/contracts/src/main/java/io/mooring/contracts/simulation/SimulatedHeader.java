package io.mooring.contracts.simulation;

import io.mooring.contracts.chain.Chain;
import io.mooring.evm.Fork;
import io.mooring.evm.Hash;
import io.mooring.evm.U256;
import io.mooring.evm.block.BlockExecution;
import io.mooring.evm.block.BlockHeader;
import io.mooring.evm.block.BlockHeader.Format;
import io.mooring.evm.block.Bloom;
import io.mooring.evm.block.FeeMarket;
import io.mooring.evm.block.IndexedRoot;
import io.mooring.evm.block.Requests;
import io.mooring.evm.block.Withdrawal;
import io.mooring.evm.transaction.SignedTransaction;
import io.mooring.evm.transaction.TransactionRules;
import io.mooring.evm.trie.MerkleTrie;
import java.util.List;

/** The headers of simulated blocks, before and after they ran. */
final class SimulatedHeader {
  private SimulatedHeader() {}

  /**
   * @param overrides with number and time
   * @param validates whether a base fee follows from the parent where none is named
   */
  static BlockHeader begin(
      Chain chain,
      BlockHeader base,
      BlockHeader parent,
      BlockOverrides overrides,
      boolean validates) {
    long number = orElse(overrides.number(), parent.number() + 1);
    long time = orElse(overrides.time(), parent.timestamp() + 1);
    TransactionRules rules = rules(chain, base, number, time);
    Fork fork = rules.fork();
    U256 named = overrides.baseFeePerGas();
    U256 follows =
        validates
            ? FeeMarket.nextBaseFee(parent.baseFee(), parent.gasLimit(), parent.gasUsed())
            : U256.ZERO;
    boolean blobs = fork.includes(Fork.CANCUN);
    return new BlockHeader(
        Format.of(fork),
        parent.hash(),
        BlockHeader.NO_OMMERS,
        overrides.feeRecipient() == null ? parent.coinbase() : overrides.feeRecipient(),
        Hash.ZERO,
        MerkleTrie.EMPTY_ROOT,
        MerkleTrie.EMPTY_ROOT,
        Bloom.EMPTY,
        fork.includes(Fork.PARIS) ? U256.ZERO : parent.difficulty(),
        number,
        orElse(overrides.gasLimit(), parent.gasLimit()),
        0,
        time,
        new byte[0],
        overrides.prevRandao() == null ? Hash.ZERO : overrides.prevRandao(),
        0,
        named == null ? follows : named,
        MerkleTrie.EMPTY_ROOT,
        0,
        blobs
            ? FeeMarket.nextExcessBlobGas(
                fork, rules.blobs(), parent.excessBlobGas(), parent.blobGasUsed(), parent.baseFee())
            : 0,
        overrides.beaconRoot() == null ? Hash.ZERO : overrides.beaconRoot(),
        Hash.ZERO);
  }

  /** The rules at that number and time, which the chain tells of a header. */
  private static TransactionRules rules(Chain chain, BlockHeader base, long number, long time) {
    return chain.rules(
        new BlockHeader(
            base.format(),
            base.parentHash(),
            base.ommersHash(),
            base.coinbase(),
            base.stateRoot(),
            base.transactionsRoot(),
            base.receiptsRoot(),
            base.bloom(),
            base.difficulty(),
            number,
            base.gasLimit(),
            base.gasUsed(),
            time,
            base.extraData(),
            base.mixHash(),
            base.nonce(),
            base.baseFee(),
            base.withdrawalsRoot(),
            base.blobGasUsed(),
            base.excessBlobGas(),
            base.parentBeaconBlockRoot(),
            base.requestsHash()));
  }

  static BlockHeader end(
      BlockHeader begun,
      BlockExecution execution,
      List<SignedTransaction> transactions,
      List<Withdrawal> withdrawals,
      Requests requests,
      Hash stateRoot) {
    return new BlockHeader(
        begun.format(),
        begun.parentHash(),
        begun.ommersHash(),
        begun.coinbase(),
        stateRoot,
        IndexedRoot.ofTransactions(transactions),
        IndexedRoot.ofReceipts(execution.receipts()),
        execution.bloom(),
        begun.difficulty(),
        begun.number(),
        begun.gasLimit(),
        execution.gasUsed(),
        begun.timestamp(),
        begun.extraData(),
        begun.mixHash(),
        begun.nonce(),
        begun.baseFee(),
        IndexedRoot.ofWithdrawals(withdrawals),
        execution.blobGasUsed(),
        begun.excessBlobGas(),
        begun.parentBeaconBlockRoot(),
        requests.hash());
  }

  private static long orElse(@org.jspecify.annotations.Nullable Long named, long otherwise) {
    return named == null ? otherwise : named;
  }
}
