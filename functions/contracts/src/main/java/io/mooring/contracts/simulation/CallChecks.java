package io.mooring.contracts.simulation;

import io.mooring.contracts.simulation.CallRefused.Reason;
import io.mooring.evm.Address;
import io.mooring.evm.BlockContext;
import io.mooring.evm.Fork;
import io.mooring.evm.U256;
import io.mooring.evm.transaction.Transaction;
import io.mooring.evm.transaction.TransactionRules;
import java.math.BigInteger;

/** What even a simulated transaction must fulfil, in go-ethereum's order and words. */
final class CallChecks {
  private CallChecks() {}

  /** The nonce, which only a simulation that validates looks at. */
  static void checkNonce(Address sender, long nonce, long expected) {
    if (Long.compareUnsigned(nonce, expected) < 0) {
      throw nonce(Reason.NONCE_TOO_LOW, "nonce too low", sender, nonce, expected);
    }
    if (Long.compareUnsigned(nonce, expected) > 0) {
      throw nonce(Reason.NONCE_TOO_HIGH, "nonce too high", sender, nonce, expected);
    }
    if (nonce == -1) {
      throw new CallRefused(
          Reason.INVALID,
          "nonce has max value: address "
              + Checksum.of(sender)
              + ", nonce: "
              + Long.toUnsignedString(nonce));
    }
  }

  private static CallRefused nonce(
      Reason reason, String words, Address sender, long nonce, long expected) {
    return new CallRefused(
        reason,
        words
            + ": address "
            + Checksum.of(sender)
            + ", tx: "
            + Long.toUnsignedString(nonce)
            + " state: "
            + Long.toUnsignedString(expected));
  }

  /**
   * @param feesCount false lets a transaction without any fee into a block that has a base fee
   */
  static void check(
      Transaction transaction,
      Address sender,
      U256 balance,
      TransactionRules rules,
      BlockContext block,
      boolean feesCount) {
    boolean free =
        transaction.maxFeePerGas().isZero() && transaction.maxPriorityFeePerGas().isZero();
    if (rules.fork().includes(Fork.LONDON) && (feesCount || !free)) {
      checkFees(transaction, sender, block);
    }
    checkBlobs(transaction, sender, block, feesCount);
    if (transaction instanceof Transaction.SetCode && transaction.to().isEmpty()) {
      throw new CallRefused(
          Reason.INVALID,
          "EIP-7702 transaction cannot be used to create contract (sender "
              + Checksum.of(sender)
              + ")");
    }
    checkFunds(transaction, sender, balance);
    long intrinsic = rules.intrinsicGas(transaction);
    if (Long.compareUnsigned(transaction.gasLimit(), intrinsic) < 0) {
      throw new CallRefused(
          Reason.INTRINSIC_GAS,
          "intrinsic gas too low: have "
              + Long.toUnsignedString(transaction.gasLimit())
              + ", want "
              + intrinsic);
    }
    long floor = rules.floorGas(transaction);
    if (Long.compareUnsigned(transaction.gasLimit(), floor) < 0) {
      throw new CallRefused(
          Reason.INTRINSIC_GAS,
          "insufficient gas for floor data gas cost: have "
              + Long.toUnsignedString(transaction.gasLimit())
              + ", want "
              + floor);
    }
    int codeMax = rules.limits().initCodeBytesMax();
    if (rules.fork().includes(Fork.SHANGHAI)
        && transaction.to().isEmpty()
        && transaction.data().length > codeMax) {
      throw new CallRefused(
          Reason.INIT_CODE_TOO_LARGE,
          "max initcode size exceeded: code size "
              + transaction.data().length
              + " limit "
              + codeMax);
    }
  }

  private static void checkFees(Transaction transaction, Address sender, BlockContext block) {
    if (transaction.maxFeePerGas().compareTo(transaction.maxPriorityFeePerGas()) < 0) {
      throw new CallRefused(
          Reason.FEES,
          "max priority fee per gas higher than max fee per gas: address "
              + Checksum.of(sender)
              + ", maxPriorityFeePerGas: "
              + decimal(transaction.maxPriorityFeePerGas())
              + ", maxFeePerGas: "
              + decimal(transaction.maxFeePerGas()));
    }
    if (transaction.maxFeePerGas().compareTo(block.baseFee()) < 0) {
      throw new CallRefused(
          Reason.FEES,
          "max fee per gas less than block base fee: address "
              + Checksum.of(sender)
              + ", maxFeePerGas: "
              + decimal(transaction.maxFeePerGas())
              + ", baseFee: "
              + decimal(block.baseFee()));
    }
  }

  private static void checkBlobs(
      Transaction transaction, Address sender, BlockContext block, boolean feesCount) {
    if (!(transaction instanceof Transaction.Blob blob)) {
      return;
    }
    if (blob.to().isEmpty()) {
      throw new CallRefused(Reason.INVALID, "blob transaction of type create");
    }
    if (blob.blobHashes().isEmpty()) {
      throw new CallRefused(Reason.INVALID, "blob transaction missing blob hashes");
    }
    boolean free = blob.maxFeePerBlobGas().isZero();
    if ((feesCount || !free) && blob.maxFeePerBlobGas().compareTo(block.blobBaseFee()) < 0) {
      throw new CallRefused(
          Reason.FEES,
          "max fee per blob gas less than block blob gas fee: address "
              + Checksum.of(sender)
              + " blobGasFeeCap: "
              + decimal(blob.maxFeePerBlobGas())
              + ", blobBaseFee: "
              + decimal(block.blobBaseFee()));
    }
  }

  private static void checkFunds(Transaction transaction, Address sender, U256 balance) {
    BigInteger want =
        transaction
            .maxFeePerGas()
            .toBigInteger()
            .multiply(U256.of(transaction.gasLimit()).toBigInteger())
            .add(transaction.value().toBigInteger())
            .add(
                transaction
                    .maxFeePerBlobGas()
                    .toBigInteger()
                    .multiply(U256.of(transaction.blobGas()).toBigInteger()));
    if (balance.toBigInteger().compareTo(want) < 0) {
      throw new CallRefused(
          Reason.INSUFFICIENT_FUNDS,
          "insufficient funds for gas * price + value: address "
              + Checksum.of(sender)
              + " have "
              + decimal(balance)
              + " want "
              + want);
    }
  }

  private static String decimal(U256 value) {
    return value.toBigInteger().toString();
  }
}
