package io.mooring.evm.block;

import io.mooring.evm.Address;
import io.mooring.evm.BlockContext;
import io.mooring.evm.Environment;
import io.mooring.evm.Evm;
import io.mooring.evm.Fork;
import io.mooring.evm.Hash;
import io.mooring.evm.Message;
import io.mooring.evm.Outcome;
import io.mooring.evm.Tracer;
import io.mooring.evm.TransactionContext;
import io.mooring.evm.U256;
import io.mooring.evm.crypto.Secp256k1;
import io.mooring.evm.precompile.Precompiles;
import io.mooring.evm.state.StateChanges;
import io.mooring.evm.state.StateSource;
import io.mooring.evm.state.WorldState;
import io.mooring.evm.transaction.BlockSpace;
import io.mooring.evm.transaction.Refusal;
import io.mooring.evm.transaction.SignedTransaction;
import io.mooring.evm.transaction.Transaction;
import io.mooring.evm.transaction.TransactionProcessor;
import io.mooring.evm.transaction.TransactionResult;
import io.mooring.evm.transaction.TransactionRules;
import io.mooring.evm.trie.StateTrie;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One block while it runs: {@link #begin}, then transactions, then {@link #requests} and {@link
 * #withdraw}.
 *
 * <p>Not thread-safe.
 */
public final class BlockExecution {
  private static final Address SYSTEM = Address.fromHex("fffffffffffffffffffffffffffffffffffffffe");
  private static final Address BEACON_ROOTS =
      Address.fromHex("000f3df6d732807ef1319fb7b8bb8522d0beac02");
  private static final Address BLOCK_HASHES =
      Address.fromHex("0000f90827f1c53a10cb7a02335b175320002935");
  private static final Address WITHDRAWAL_REQUESTS =
      Address.fromHex("00000961ef480eb55e80d19ad83579a64c007002");
  private static final Address CONSOLIDATION_REQUESTS =
      Address.fromHex("0000bbddc7ce488642fb579f8b00f3a590007251");
  private static final long SYSTEM_CALL_GAS = 30_000_000;
  private static final BigInteger WEI_PER_GWEI = BigInteger.valueOf(1_000_000_000);

  private final Evm evm;
  private final TransactionProcessor processor;
  private final TransactionRules rules;
  private final BlockContext block;
  private final StateTrie trie;
  private final WorldState state;
  private final List<Receipt> receipts = new ArrayList<>();
  private BlockSpace space;

  /**
   * @param trie of the state in {@code source}; it stays as it is
   */
  public BlockExecution(
      Evm evm, TransactionRules rules, BlockContext block, StateSource source, StateTrie trie) {
    this.evm = evm;
    this.processor = new TransactionProcessor(evm);
    this.rules = rules;
    this.block = block;
    this.trie = trie;
    this.state = new WorldState(source);
    this.space = new BlockSpace(block.gasLimit(), rules.blobs().blobGasMax());
  }

  /** What happens before the first transaction (EIP-4788, EIP-2935). */
  public void begin(Hash parentHash, Hash parentBeaconBlockRoot) {
    if (rules.fork().includes(Fork.CANCUN)) {
      systemCall(BEACON_ROOTS, parentBeaconBlockRoot.bytes());
    }
    if (rules.fork().includes(Fork.PRAGUE)) {
      systemCall(BLOCK_HASHES, parentHash.bytes());
    }
  }

  public TransactionResult add(SignedTransaction signed) {
    return add(signed, Tracer.NONE);
  }

  public TransactionResult add(SignedTransaction signed, Tracer tracer) {
    Optional<Refusal> refusal = rules.refusal(signed);
    Optional<Address> sender = signed.sender(Secp256k1.fastest());
    if (refusal.isPresent() || sender.isEmpty()) {
      return new TransactionResult.Refused(refusal.orElse(Refusal.INVALID_SIGNATURE));
    }
    return add(signed.content(), sender.get(), tracer);
  }

  /**
   * For whoever has recovered the sender and checked the form before: what {@link
   * TransactionRules#refusal(SignedTransaction)} says is not asked again.
   */
  public TransactionResult add(Transaction transaction, Address sender, Tracer tracer) {
    return record(
        transaction, processor.process(transaction, sender, rules, block, space, state, tracer));
  }

  /**
   * Adds a transaction that nobody signed, as {@link TransactionProcessor#simulate} runs it; its
   * gas may be more than what is left in the block.
   */
  public TransactionResult simulate(
      Transaction transaction, Address sender, Precompiles precompiles, Tracer tracer) {
    return record(
        transaction,
        processor.simulate(transaction, sender, rules, precompiles, block, state, tracer));
  }

  private TransactionResult record(Transaction transaction, TransactionResult result) {
    if (result instanceof TransactionResult.Executed executed) {
      space = space.after(executed);
      Receipt.Result outcome =
          rules.fork().includes(Fork.BYZANTIUM)
              ? new Receipt.Result.Status(executed.isSuccess())
              : new Receipt.Result.StateRoot(stateRoot());
      receipts.add(new Receipt(transaction.type(), outcome, gasUsed(), executed.logs()));
    }
    return result;
  }

  /**
   * What the block asks of the consensus layer, since Prague; it asks the two contracts for it.
   *
   * @throws InvalidBlock if one of the contracts is not there or fails
   */
  public Requests requests(Address depositContract) {
    byte[] deposits =
        Requests.deposits(
            receipts.stream().flatMap(receipt -> receipt.logs().stream()).toList(),
            depositContract);
    return Requests.of(
        deposits, mustAnswer(WITHDRAWAL_REQUESTS), mustAnswer(CONSOLIDATION_REQUESTS));
  }

  public void withdraw(List<Withdrawal> withdrawals) {
    state.beginTransaction();
    for (Withdrawal withdrawal : withdrawals) {
      BigInteger gwei = U256.of(withdrawal.gwei()).toBigInteger();
      state.credit(withdrawal.address(), U256.of(gwei.multiply(WEI_PER_GWEI)));
    }
    state.endTransaction(rules.fork());
  }

  /** Pays whoever made the block, which ended with Paris. */
  public void reward(Address miner, U256 wei) {
    state.beginTransaction();
    state.credit(miner, wei);
    state.endTransaction(rules.fork());
  }

  public List<Receipt> receipts() {
    return List.copyOf(receipts);
  }

  public Bloom bloom() {
    return receipts.stream().map(Receipt::bloom).reduce(Bloom.EMPTY, Bloom::or);
  }

  public long gasUsed() {
    return block.gasLimit() - space.gas();
  }

  public long blobGasUsed() {
    return rules.blobs().blobGasMax() - space.blobGas();
  }

  /** The state as it is now, for whoever simulates and has to look before each transaction. */
  public WorldState state() {
    return state;
  }

  /** How the state differs now from the one before the block. */
  public StateChanges changes() {
    return state.changes();
  }

  /** The root of the state as it is now. */
  public Hash stateRoot() {
    StateTrie after = trie.copy();
    after.apply(state.changes());
    return after.root();
  }

  private byte[] mustAnswer(Address contract) {
    if (state.code(contract).isEmpty()) {
      throw new InvalidBlock("the system contract " + contract + " is not there");
    }
    Outcome outcome = systemCall(contract, new byte[0]);
    if (!outcome.isSuccess()) {
      throw new InvalidBlock("the system contract " + contract + " failed: " + outcome.halt());
    }
    return outcome.output();
  }

  private Outcome systemCall(Address contract, byte[] input) {
    state.beginTransaction();
    Outcome outcome =
        evm.execute(
            Message.call(SYSTEM, contract, U256.ZERO, input, SYSTEM_CALL_GAS),
            new Environment(
                rules.fork(),
                block,
                new TransactionContext(SYSTEM, U256.ZERO, List.of()),
                rules.limits()),
            state);
    state.endTransaction(rules.fork());
    return outcome;
  }
}
