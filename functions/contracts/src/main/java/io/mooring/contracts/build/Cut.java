package io.mooring.contracts.build;

import io.mooring.contracts.ContractLimit;
import io.mooring.contracts.block.BlockRecord;
import io.mooring.contracts.chain.ChainBlock;
import io.mooring.contracts.chain.ChainFacts;
import io.mooring.contracts.chain.Submission;
import io.mooring.contracts.pool.Pooled;
import io.mooring.evm.Address;
import io.mooring.evm.BlockContext;
import io.mooring.evm.Evm;
import io.mooring.evm.Fork;
import io.mooring.evm.Hash;
import io.mooring.evm.Tracer;
import io.mooring.evm.U256;
import io.mooring.evm.block.Block;
import io.mooring.evm.block.BlockExecution;
import io.mooring.evm.block.BlockHeader;
import io.mooring.evm.block.Bloom;
import io.mooring.evm.block.IndexedRoot;
import io.mooring.evm.block.Receipt;
import io.mooring.evm.block.Requests;
import io.mooring.evm.state.StateChanges;
import io.mooring.evm.state.StateChanges.AccountChange;
import io.mooring.evm.state.StateSource;
import io.mooring.evm.transaction.Refusal;
import io.mooring.evm.transaction.SignedTransaction;
import io.mooring.evm.transaction.Transaction;
import io.mooring.evm.transaction.TransactionResult;
import io.mooring.evm.transaction.TransactionRules;
import io.mooring.evm.trie.MerkleTrie;
import io.mooring.evm.trie.StateTrie;
import io.mooring.platform.commit.Usage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/**
 * A block that was executed and is not committed yet.
 *
 * @param trie the state after it
 * @param taken those of the pool that are in it, in its order
 * @param left those that found no room
 * @param dropped those that no block may have now, and why
 * @param newStateBytes how much longer the state is kept than before: new slots and new code
 */
record Cut(
    BlockRecord record,
    StateTrie trie,
    List<Pooled> taken,
    List<Pooled> left,
    Map<Pooled, Submission> dropped,
    long newStateBytes) {
  private static final byte[] EXTRA_DATA = "mooring".getBytes(StandardCharsets.US_ASCII);
  private static final int LOG_OVERHEAD_BYTES = 64;
  private static final long SLOT_BYTES = 2 * U256.BYTES;

  ChainBlock block() {
    return record.block();
  }

  boolean isEmpty() {
    return taken.isEmpty();
  }

  /** What the block's transactions are charged for, by the meters of the price list. */
  List<Usage> usages() {
    long callData =
        taken.stream().mapToLong(pooled -> pooled.transaction().content().data().length).sum();
    List<Usage> usages = new ArrayList<>();
    BiConsumer<String, Long> use =
        (meter, quantity) -> {
          if (quantity > 0) {
            usages.add(new Usage(meter, quantity));
          }
        };
    use.accept("gas", block().header().gasUsed());
    use.accept("calldata-bytes", callData);
    use.accept("state-bytes", newStateBytes);
    return usages;
  }

  /** The header of the block after {@code parent}, before anybody has executed it. */
  static BlockHeader header(ChainFacts facts, BlockHeader parent, Hash parentHash, long millis) {
    long number = parent.number() + 1;
    long timestamp = Math.max(parent.timestamp(), millis / 1_000);
    return new BlockHeader(
        BlockHeader.Format.of(facts.forks().at(number, timestamp)),
        parentHash,
        BlockHeader.NO_OMMERS,
        Address.ZERO,
        parent.stateRoot(),
        MerkleTrie.EMPTY_ROOT,
        MerkleTrie.EMPTY_ROOT,
        Bloom.EMPTY,
        U256.ZERO,
        number,
        facts.gasLimit(),
        0,
        timestamp,
        EXTRA_DATA,
        Hash.keccak(parentHash.bytes()),
        0,
        facts.baseFee(),
        MerkleTrie.EMPTY_ROOT,
        0,
        0,
        Hash.ZERO,
        Requests.NONE.hash());
  }

  /** What code sees of a block with this header. */
  static BlockContext context(
      TransactionRules rules, BlockHeader header, BlockContext.BlockHashes hashes) {
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

  /** What making one block needs to know. */
  record Ground(
      Evm evm,
      ChainFacts facts,
      ChainBlock parent,
      StateTrie trie,
      StateSource source,
      BlockContext.BlockHashes hashes,
      Predicate<Hash> isRecent,
      Executor workers) {}

  /** Executes as many of the candidates as have room, in their order. */
  static Cut make(Ground ground, List<Pooled> candidates, long millis) {
    BlockHeader header = header(ground.facts, ground.parent.header(), ground.parent.hash(), millis);
    TransactionRules standard = ground.facts.rules(header.number(), header.timestamp());
    TransactionRules rules =
        new TransactionRules(
            standard.fork(),
            standard.chainId(),
            standard.blobs(),
            standard.limits().withWallMillisMax(ContractLimit.TRANSACTION_WALL_MILLIS_MAX.value()));
    BlockExecution execution =
        new BlockExecution(
            ground.evm, rules, context(rules, header, ground.hashes), ground.source, ground.trie);
    execution.begin(header.parentHash(), header.parentBeaconBlockRoot());

    List<Pooled> taken = new ArrayList<>(candidates.size());
    List<Pooled> left = new ArrayList<>();
    Map<Pooled, Submission> dropped = new LinkedHashMap<>();
    Set<Address> behind = new HashSet<>();
    long bytes = 0;
    boolean full = false;
    for (Pooled candidate : candidates) {
      Hash bound = candidate.sending().recentBlock();
      if (full || behind.contains(candidate.sender())) {
        left.add(candidate);
        continue;
      }
      if (candidate.sending().bound().isPresent() && !ground.isRecent.test(bound)) {
        dropped.put(candidate, new Submission.Void(bound));
        behind.add(candidate.sender());
        continue;
      }
      Transaction content = candidate.transaction().content();
      switch (execution.add(content, candidate.sender(), Tracer.NONE)) {
        case TransactionResult.Executed executed -> {
          taken.add(candidate);
          bytes += candidate.bytes() + logBytes(executed);
          full =
              bytes >= ContractLimit.BLOCK_BYTES_FULL.value()
                  || taken.size() >= ContractLimit.BLOCK_TRANSACTIONS_MAX.value();
        }
        case TransactionResult.Refused(Refusal refusal) -> {
          behind.add(candidate.sender());
          if (refusal == Refusal.BLOCK_GAS_EXCEEDED && !taken.isEmpty()) {
            full = true;
            left.add(candidate);
          } else if (refusal == Refusal.NONCE_TOO_HIGH) {
            left.add(candidate);
          } else {
            dropped.put(candidate, submission(refusal, candidate, ground.source));
          }
        }
        case TransactionResult.Interrupted(var halt) -> {
          behind.add(candidate.sender());
          if (candidate.noteStopped()) {
            left.add(candidate);
          } else {
            dropped.put(candidate, new Submission.TooHeavy("it was interrupted: " + halt));
          }
        }
      }
    }
    return finish(ground, header, rules, execution, new Parts(taken, left, dropped), millis);
  }

  private record Parts(List<Pooled> taken, List<Pooled> left, Map<Pooled, Submission> dropped) {}

  private static Cut finish(
      Ground ground,
      BlockHeader header,
      TransactionRules rules,
      BlockExecution execution,
      Parts parts,
      long millis) {
    Hash requests =
        rules.fork().includes(Fork.PRAGUE)
            ? execution.requests(Requests.DEPOSIT_CONTRACT).hash()
            : Hash.ZERO;
    StateChanges changes = execution.changes();
    List<SignedTransaction> transactions = parts.taken.stream().map(Pooled::transaction).toList();
    List<Receipt> receipts = execution.receipts();
    // Three roots that do not need one another; the state's takes the longest.
    var transactionsRoot =
        CompletableFuture.supplyAsync(
            () -> IndexedRoot.ofTransactions(transactions), ground.workers);
    var receiptsRoot =
        CompletableFuture.supplyAsync(() -> IndexedRoot.ofReceipts(receipts), ground.workers);
    StateTrie after = ground.trie.copy();
    after.apply(changes);
    Hash stateRoot = after.root();
    boolean withdrawals = rules.fork().includes(Fork.SHANGHAI);
    BlockHeader done =
        new BlockHeader(
            header.format(),
            header.parentHash(),
            header.ommersHash(),
            header.coinbase(),
            stateRoot,
            transactionsRoot.join(),
            receiptsRoot.join(),
            execution.bloom(),
            header.difficulty(),
            header.number(),
            header.gasLimit(),
            execution.gasUsed(),
            header.timestamp(),
            header.extraData(),
            header.mixHash(),
            header.nonce(),
            header.baseFee(),
            withdrawals ? header.withdrawalsRoot() : Hash.ZERO,
            0,
            0,
            header.parentBeaconBlockRoot(),
            requests);
    Block block = new Block(done, transactions, List.of(), List.of());
    ChainBlock made =
        new ChainBlock(
            block,
            done.hash(),
            parts.taken.stream().map(Pooled::hash).toList(),
            parts.taken.stream().map(Pooled::sender).toList(),
            receipts,
            millis,
            block.encode().length);
    return new Cut(
        new BlockRecord(made, changes),
        after,
        parts.taken,
        parts.left,
        parts.dropped,
        newStateBytes(changes, ground.source));
  }

  /** What the protocol writes with every block is nobody's bill. */
  private static long newStateBytes(StateChanges changes, StateSource before) {
    long bytes = changes.codes().values().stream().mapToLong(code -> code.bytes().length).sum();
    for (Map.Entry<Address, AccountChange> account : changes.accounts().entrySet()) {
      if (account.getValue() instanceof AccountChange.Written written
          && !ChainGenesis.isOfTheProtocol(account.getKey())) {
        bytes +=
            SLOT_BYTES
                * written.storage().entrySet().stream()
                    .filter(slot -> !slot.getValue().isZero())
                    .filter(slot -> before.storage(account.getKey(), slot.getKey()).isZero())
                    .count();
      }
    }
    return bytes;
  }

  private static long logBytes(TransactionResult.Executed executed) {
    return executed.logs().stream()
        .mapToLong(log -> log.data().length + log.topics().size() * Hash.BYTES + LOG_OVERHEAD_BYTES)
        .sum();
  }

  private static Submission submission(Refusal refusal, Pooled candidate, StateSource source) {
    return switch (refusal) {
      case NONCE_TOO_LOW ->
          new Submission.NonceTooLow(
              candidate.nonce(),
              source.account(candidate.sender()).map(held -> held.nonce()).orElse(0L));
      case INSUFFICIENT_FUNDS ->
          new Submission.InsufficientFunds(
              source.account(candidate.sender()).map(held -> held.balance()).orElse(U256.ZERO),
              Admissions.cost(candidate.transaction().content()));
      case SENDER_HAS_CODE -> new Submission.SenderHasCode();
      case FEE_BELOW_BASE_FEE ->
          new Submission.FeeTooLow(candidate.transaction().content().maxFeePerGas(), U256.ZERO);
      case BLOCK_GAS_EXCEEDED ->
          new Submission.Invalid(refusal, "the gas limit is above the block's");
      case TYPE_NOT_SUPPORTED,
          WRONG_CHAIN,
          INVALID_SIGNATURE,
          INTRINSIC_GAS_TOO_LOW,
          FLOOR_GAS_TOO_LOW,
          NONCE_AT_MAXIMUM,
          INIT_CODE_TOO_LARGE,
          GAS_LIMIT_ABOVE_CAP,
          FEE_OVERFLOW,
          TIP_ABOVE_FEE,
          BLOB_CREATES_CONTRACT,
          NO_BLOBS,
          TOO_MANY_BLOBS,
          BLOB_HASH_VERSION,
          SET_CODE_CREATES_CONTRACT,
          NO_AUTHORIZATIONS,
          BLOB_FEE_BELOW_BASE_FEE,
          NONCE_TOO_HIGH ->
          new Submission.Invalid(refusal, refusal.explanation());
    };
  }
}
