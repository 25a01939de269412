package io.mooring.contracts.rest;

import io.mooring.contracts.ContractRefusal;
import io.mooring.contracts.chain.Submission;
import io.mooring.platform.problem.PlatformRefusal;
import io.mooring.platform.problem.RefusedException;

/** Why a transaction was not taken, as REST callers read it, who never made it themselves. */
final class SubmissionRefusals {
  private SubmissionRefusals() {}

  static RefusedException of(Submission submission) {
    return switch (submission) {
      case Submission.Accepted accepted ->
          throw new IllegalArgumentException("it was taken: " + accepted);
      case Submission.Known known ->
          throw new IllegalArgumentException("it was taken before: " + known);
      case Submission.Malformed malformed -> invalid(malformed.reason());
      case Submission.Invalid invalid ->
          invalid(invalid.refusal().explanation() + " " + invalid.detail());
      case Submission.SenderHasCode sender -> invalid("the sender has code");
      case Submission.FeeTooLow fee -> invalid("it pays less than the base fee");
      case Submission.NonceTooLow low -> nonce();
      case Submission.NonceTooHigh high -> nonce();
      case Submission.Underpriced underpriced -> nonce();
      case Submission.InsufficientFunds funds ->
          new RefusedException(
              ContractRefusal.SENDER_LACKS_FUNDS,
              "the sender has %s and this takes %s"
                  .formatted(funds.balance().toBigInteger(), funds.cost().toBigInteger()));
      case Submission.PoolFull full ->
          new RefusedException(ContractRefusal.POOL_FULL, "the pool is full: " + full.bound());
      case Submission.Void bound ->
          new RefusedException(
              ContractRefusal.TRANSACTION_VOID,
              bound.recentBlock() + " is no recent block of this chain");
      case Submission.OutOfCredit credit ->
          new RefusedException(
              PlatformRefusal.of(credit.reason()),
              "this needs " + credit.missing() + " more of " + credit.asset());
      case Submission.ChainClosed closed ->
          new RefusedException(PlatformRefusal.LEDGER_CLOSED, "the chain takes no more blocks");
      case Submission.TooHeavy heavy ->
          new RefusedException(ContractRefusal.CALL_TOO_HEAVY, heavy.reason());
      case Submission.Unavailable unavailable ->
          new RefusedException(PlatformRefusal.OUTCOME_UNKNOWN, unavailable.reason());
    };
  }

  private static RefusedException invalid(String words) {
    return new RefusedException(ContractRefusal.TRANSACTION_INVALID, words.strip());
  }

  private static RefusedException nonce() {
    return new RefusedException(
        PlatformRefusal.OVERLOADED, "another transaction of the sender came first");
  }
}
