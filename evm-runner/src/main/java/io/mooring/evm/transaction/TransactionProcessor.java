package io.mooring.evm.transaction;

import io.mooring.evm.Address;
import io.mooring.evm.BlockContext;
import io.mooring.evm.Environment;
import io.mooring.evm.Evm;
import io.mooring.evm.Fork;
import io.mooring.evm.Message;
import io.mooring.evm.Outcome;
import io.mooring.evm.Tracer;
import io.mooring.evm.TransactionContext;
import io.mooring.evm.U256;
import io.mooring.evm.crypto.Secp256k1;
import io.mooring.evm.precompile.Precompiles;
import io.mooring.evm.state.Account;
import io.mooring.evm.state.Code;
import io.mooring.evm.state.WorldState;
import java.math.BigInteger;
import java.util.Optional;

/**
 * Takes one transaction into a block: checks it, charges its sender, runs its message, and settles.
 *
 * <p>May be shared by threads, as its engine may.
 */
public final class TransactionProcessor {
  private static final long REFUND_DIVISOR_BEFORE_LONDON = 2;
  private static final long REFUND_DIVISOR = 5;

  /** What an authority that exists already gets back of its price as a new account (EIP-7702). */
  private static final long KNOWN_AUTHORITY_REFUND = 12_500;

  private final Evm evm;
  private final Secp256k1 curve;

  public TransactionProcessor(Evm evm) {
    this(evm, Secp256k1.fastest());
  }

  public TransactionProcessor(Evm evm, Secp256k1 curve) {
    this.evm = evm;
    this.curve = curve;
  }

  public TransactionResult process(
      Transaction transaction,
      Address sender,
      TransactionRules rules,
      BlockContext block,
      BlockSpace space,
      WorldState state) {
    return process(transaction, sender, rules, block, space, state, Tracer.NONE);
  }

  /** Whoever calls has recovered the sender, or vouches for it as a simulation does. */
  public TransactionResult process(
      Transaction transaction,
      Address sender,
      TransactionRules rules,
      BlockContext block,
      BlockSpace space,
      WorldState state,
      Tracer tracer) {
    Optional<Refusal> refusal =
        rules
            .refusal(transaction)
            .or(() -> refusal(transaction, block, space))
            .or(() -> refusal(transaction, sender, block, state));
    if (refusal.isPresent()) {
      return new TransactionResult.Refused(refusal.get());
    }
    return simulate(transaction, sender, rules, Precompiles.of(rules.fork()), block, state, tracer);
  }

  /**
   * Runs a transaction without asking whether it may be in a block. Whoever calls has seen that its
   * gas covers {@link TransactionRules#intrinsicGas}, its fee the block's base fee, and its
   * sender's balance the value and the fees.
   *
   * @param precompiles those that stand; the addresses that are warm are the fork's nevertheless
   */
  public TransactionResult simulate(
      Transaction transaction,
      Address sender,
      TransactionRules rules,
      Precompiles precompiles,
      BlockContext block,
      WorldState state,
      Tracer tracer) {
    U256 gasPrice = gasPrice(transaction, block);
    state.beginTransaction();
    int before = state.snapshot();
    Account payer = state.account(sender);
    state.debit(payer, times(gasPrice, transaction.gasLimit()));
    state.debit(payer, times(block.blobBaseFee(), transaction.blobGas()));
    state.setNonce(payer, transaction.nonce() + 1);

    warm(transaction, sender, rules.fork(), block, state);
    transaction.authorizations().forEach(word -> authorize(word, rules, state));
    Message message = message(transaction, sender, rules, state);
    Outcome outcome =
        evm.execute(
            message,
            new Environment(
                rules.fork(),
                block,
                new TransactionContext(sender, gasPrice, transaction.blobHashes()),
                rules.limits(),
                precompiles),
            state,
            tracer);
    if (outcome.status() == Outcome.Status.INTERRUPTED) {
      state.revertTo(before);
      return new TransactionResult.Interrupted(outcome.halt());
    }

    long spent = transaction.gasLimit() - outcome.gasLeft();
    long refunded = Math.min(state.refund(), spent / refundDivisor(rules.fork()));
    long gasUsed = Math.max(spent - refunded, rules.floorGas(transaction));
    state.credit(payer, times(gasPrice, transaction.gasLimit() - gasUsed));
    U256 tip = rules.fork().includes(Fork.LONDON) ? gasPrice.minus(block.baseFee()) : gasPrice;
    state.credit(block.coinbase(), times(tip, gasUsed));
    state.endTransaction(rules.fork());
    return new TransactionResult.Executed(
        outcome,
        gasUsed,
        refunded,
        transaction.blobGas(),
        gasPrice,
        transaction.to().isEmpty() ? message.to() : null);
  }

  // ---- check ----

  private static Optional<Refusal> refusal(
      Transaction transaction, BlockContext block, BlockSpace space) {
    // A block's gas limit is below 2^63 (EIP-1985), so what reads as negative fits in none.
    if (transaction.gasLimit() < 0
        || Long.compareUnsigned(transaction.gasLimit(), space.gas()) > 0) {
      return Optional.of(Refusal.BLOCK_GAS_EXCEEDED);
    }
    if (Long.compareUnsigned(transaction.blobGas(), space.blobGas()) > 0) {
      return Optional.of(Refusal.TOO_MANY_BLOBS);
    }
    if (transaction.maxFeePerGas().compareTo(block.baseFee()) < 0) {
      return Optional.of(Refusal.FEE_BELOW_BASE_FEE);
    }
    return transaction instanceof Transaction.Blob blob
            && blob.maxFeePerBlobGas().compareTo(block.blobBaseFee()) < 0
        ? Optional.of(Refusal.BLOB_FEE_BELOW_BASE_FEE)
        : Optional.empty();
  }

  private static Optional<Refusal> refusal(
      Transaction transaction, Address sender, BlockContext block, WorldState state) {
    Account account = state.account(sender);
    int order = Long.compareUnsigned(transaction.nonce(), account.nonce());
    if (order != 0) {
      return Optional.of(order < 0 ? Refusal.NONCE_TOO_LOW : Refusal.NONCE_TOO_HIGH);
    }
    if (!covers(account.balance(), transaction)) {
      return Optional.of(Refusal.INSUFFICIENT_FUNDS);
    }
    Code code = account.code();
    return code.isEmpty() || code.delegation().isPresent()
        ? Optional.empty()
        : Optional.of(Refusal.SENDER_HAS_CODE);
  }

  /** Whether a balance covers the value and the most that gas and blobs may come to. */
  private static boolean covers(U256 balance, Transaction transaction) {
    BigInteger gas = unsigned(transaction.gasLimit());
    BigInteger most =
        transaction
            .maxFeePerGas()
            .toBigInteger()
            .multiply(gas)
            .add(transaction.value().toBigInteger())
            .add(
                transaction
                    .maxFeePerBlobGas()
                    .toBigInteger()
                    .multiply(unsigned(transaction.blobGas())));
    return balance.toBigInteger().compareTo(most) >= 0;
  }

  // ---- price ----

  private static U256 gasPrice(Transaction transaction, BlockContext block) {
    U256 room = transaction.maxFeePerGas().minus(block.baseFee());
    U256 tip = transaction.maxPriorityFeePerGas();
    return tip.compareTo(room) > 0 ? transaction.maxFeePerGas() : block.baseFee().plus(tip);
  }

  private static U256 times(U256 price, long units) {
    return units == 0 || price.isZero()
        ? U256.ZERO
        : U256.of(price.toBigInteger().multiply(unsigned(units)));
  }

  private static BigInteger unsigned(long value) {
    return U256.of(value).toBigInteger();
  }

  private static long refundDivisor(Fork fork) {
    return fork.includes(Fork.LONDON) ? REFUND_DIVISOR : REFUND_DIVISOR_BEFORE_LONDON;
  }

  // ---- act ----

  private static void warm(
      Transaction transaction, Address sender, Fork fork, BlockContext block, WorldState state) {
    if (!fork.includes(Fork.BERLIN)) {
      return;
    }
    state.warm(sender);
    transaction.to().ifPresent(state::warm);
    Precompiles.of(fork).addresses().forEach(state::warm);
    if (fork.includes(Fork.SHANGHAI)) {
      state.warm(block.coinbase());
    }
    for (AccessListEntry entry : transaction.accessList()) {
      state.warm(entry.address());
      entry.storageKeys().forEach(key -> state.warm(entry.address(), key));
    }
  }

  /** Lets an account run the code it names, unless its word does not hold (EIP-7702). */
  private void authorize(Authorization word, TransactionRules rules, WorldState state) {
    boolean forThisChain =
        word.chainId().isZero() || word.chainId().equals(U256.of(rules.chainId()));
    if (!forThisChain || word.nonce() == -1) {
      return;
    }
    Optional<Address> authority = word.authority(curve);
    if (authority.isEmpty()) {
      return;
    }
    Account account = state.account(authority.get());
    state.warm(account);
    Code code = account.code();
    if (!code.isEmpty() && code.delegation().isEmpty() || account.nonce() != word.nonce()) {
      return;
    }

    if (account.exists()) {
      state.refund(KNOWN_AUTHORITY_REFUND);
    }
    boolean clears = word.delegate().equals(Address.ZERO);
    state.setCode(account, clears ? Code.NONE : Code.delegatingTo(word.delegate()));
    state.setNonce(account, word.nonce() + 1);
  }

  private static Message message(
      Transaction transaction, Address sender, TransactionRules rules, WorldState state) {
    long gas = transaction.gasLimit() - rules.intrinsicGas(transaction);
    if (transaction.to().isPresent()) {
      Address to = transaction.to().get();
      if (rules.fork().includes(Fork.PRAGUE)) {
        state.code(to).delegation().ifPresent(state::warm);
      }
      return Message.call(sender, to, transaction.value(), transaction.data(), gas);
    }
    Message message =
        Message.create(sender, transaction.nonce(), transaction.value(), transaction.data(), gas);
    if (rules.fork().includes(Fork.BERLIN)) {
      state.warm(message.to());
    }
    return message;
  }
}
