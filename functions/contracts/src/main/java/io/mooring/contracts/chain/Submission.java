package io.mooring.contracts.chain;

import io.mooring.billing.Asset;
import io.mooring.billing.Decline;
import io.mooring.evm.Hash;
import io.mooring.evm.U256;
import io.mooring.evm.transaction.Refusal;
import java.time.Duration;

/** What became of a transaction that was sent. Whatever is not {@link Accepted} was not taken. */
public sealed interface Submission {
  /** It stands durably in the pool, or already in a block. */
  record Accepted(Hash hash) implements Submission {}

  /** This very transaction was taken before, and waits or is in a block. */
  record Known(Hash hash) implements Submission {}

  /** The bytes are no transaction. */
  record Malformed(String reason) implements Submission {}

  /** No block of this chain may hold it, by rules that do not look at the state. */
  record Invalid(Refusal refusal, String detail) implements Submission {}

  record NonceTooLow(long nonce, long expected) implements Submission {}

  /** It is further ahead of the sender's next nonce than the pool keeps. */
  record NonceTooHigh(long nonce, long expected) implements Submission {}

  record InsufficientFunds(U256 balance, U256 cost) implements Submission {}

  record SenderHasCode() implements Submission {}

  /** It would take the place of another one with its nonce, and does not pay enough more. */
  record Underpriced(U256 feeToReplace) implements Submission {}

  /** It pays less than every block's base fee. */
  record FeeTooLow(U256 maxFee, U256 baseFee) implements Submission {}

  record PoolFull(String bound) implements Submission {}

  /** It names a block that is not a recent one of this chain (TaPoS). */
  record Void(Hash recentBlock) implements Submission {}

  /** What it costs to execute is not covered, or a cap or a freeze does not allow it. */
  record OutOfCredit(Decline reason, Asset asset, long missing) implements Submission {}

  record ChainClosed() implements Submission {}

  /**
   * Executing it hit a limit of ours, or its outcome does not fit a block; it was taken out, and
   * nothing was charged.
   */
  record TooHeavy(String reason) implements Submission {}

  /** Not taken, or not known to be durable yet; sending the same bytes again is safe. */
  record Unavailable(Duration retryAfter, String reason) implements Submission {}
}
