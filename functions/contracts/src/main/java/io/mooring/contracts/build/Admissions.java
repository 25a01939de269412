package io.mooring.contracts.build;

import io.mooring.contracts.ContractLimit;
import io.mooring.contracts.chain.ChainFacts;
import io.mooring.contracts.chain.Sending;
import io.mooring.contracts.chain.Submission;
import io.mooring.contracts.pool.Pooled;
import io.mooring.evm.Address;
import io.mooring.evm.Hash;
import io.mooring.evm.U256;
import io.mooring.evm.crypto.Secp256k1;
import io.mooring.evm.rlp.MalformedRlp;
import io.mooring.evm.state.AccountState;
import io.mooring.evm.transaction.Refusal;
import io.mooring.evm.transaction.SignedTransaction;
import io.mooring.evm.transaction.Transaction;
import io.mooring.evm.transaction.TransactionRules;
import java.math.BigInteger;
import java.util.Optional;

/** What is asked of a transaction before it may wait in the pool. */
final class Admissions {
  private Admissions() {}

  /** A transaction that passed what needs no state, or why it did not. */
  sealed interface Read {
    record Good(Pooled pooled) implements Read {}

    record Bad(Submission why) implements Read {}
  }

  /** Decodes, checks form and bounds, and recovers the sender; needs no lock and no state. */
  static Read read(ChainFacts facts, TransactionRules rules, Sending sending, long millis) {
    byte[] envelope = sending.envelope();
    if (envelope.length > ContractLimit.TRANSACTION_BYTES_MAX.value()) {
      return bad(
          new Submission.Malformed(
              "a transaction has at most "
                  + ContractLimit.TRANSACTION_BYTES_MAX.value()
                  + " bytes"));
    }
    SignedTransaction transaction;
    try {
      transaction = SignedTransaction.decode(envelope);
    } catch (MalformedRlp malformed) {
      return bad(new Submission.Malformed(String.valueOf(malformed.getMessage())));
    }
    Transaction content = transaction.content();
    Optional<Refusal> refusal =
        content instanceof Transaction.Blob
            ? Optional.of(Refusal.TYPE_NOT_SUPPORTED)
            : rules.refusal(transaction);
    if (refusal.isPresent()) {
      return bad(new Submission.Invalid(refusal.get(), refusal.get().explanation()));
    }
    if (Long.compareUnsigned(content.gasLimit(), gasMax(facts)) > 0) {
      return bad(
          new Submission.Invalid(
              Refusal.GAS_LIMIT_ABOVE_CAP, "a transaction has at most " + gasMax(facts) + " gas"));
    }
    if (content.maxFeePerGas().compareTo(facts.baseFee()) < 0) {
      return bad(new Submission.FeeTooLow(content.maxFeePerGas(), facts.baseFee()));
    }
    Optional<Address> sender = transaction.sender(Secp256k1.fastest());
    return sender
        .<Read>map(
            known ->
                new Read.Good(
                    new Pooled(transaction, Hash.keccak(envelope), known, sending, millis)))
        .orElseGet(
            () ->
                bad(
                    new Submission.Invalid(
                        Refusal.INVALID_SIGNATURE, Refusal.INVALID_SIGNATURE.explanation())));
  }

  /** What the state says against a transaction, its nonce left aside. */
  static Optional<Submission> judge(Pooled pooled, Optional<AccountState> sender) {
    U256 balance = sender.map(AccountState::balance).orElse(U256.ZERO);
    Transaction content = pooled.transaction().content();
    U256 cost = cost(content);
    return balance.compareTo(cost) < 0
        ? Optional.of(new Submission.InsufficientFunds(balance, cost))
        : Optional.empty();
  }

  /** The most that a transaction can take from its sender; what is above 256 bits is cut there. */
  static U256 cost(Transaction content) {
    BigInteger gas = new BigInteger(Long.toUnsignedString(content.gasLimit()));
    BigInteger cost =
        content.maxFeePerGas().toBigInteger().multiply(gas).add(content.value().toBigInteger());
    return cost.bitLength() > 8 * U256.BYTES
        ? U256.of(BigInteger.ONE.shiftLeft(8 * U256.BYTES).subtract(BigInteger.ONE))
        : U256.of(cost);
  }

  private static long gasMax(ChainFacts facts) {
    return Math.min(facts.gasLimit(), ContractLimit.TRANSACTION_GAS_MAX.value());
  }

  private static Read bad(Submission why) {
    return new Read.Bad(why);
  }
}
