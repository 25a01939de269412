package io.mooring.contracts.rpc;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mooring.contracts.chain.Submission;
import io.mooring.evm.U256;
import io.mooring.evm.transaction.Refusal;
import io.mooring.platform.problem.PlatformRefusal;
import java.math.BigInteger;

/** Why a transaction was not taken, in go-ethereum's words where it has any. */
final class SubmissionErrors {
  private SubmissionErrors() {}

  static RpcError of(Submission submission) {
    return switch (submission) {
      case Submission.Accepted accepted ->
          throw new IllegalArgumentException("it was taken: " + accepted);
      case Submission.Known known -> RpcError.server("already known");
      case Submission.Malformed malformed -> RpcError.server("rlp: " + malformed.reason());
      case Submission.Invalid invalid ->
          RpcError.server(words(invalid.refusal()) + detail(invalid.detail()));
      case Submission.NonceTooLow low ->
          RpcError.server(
              "nonce too low: next nonce " + low.expected() + ", tx nonce " + low.nonce());
      case Submission.NonceTooHigh high ->
          RpcError.server(
              "nonce too high: next nonce " + high.expected() + ", tx nonce " + high.nonce());
      case Submission.InsufficientFunds funds ->
          RpcError.server(funds(funds.balance(), funds.cost()));
      case Submission.SenderHasCode sender -> RpcError.server("sender not an eoa");
      case Submission.Underpriced underpriced ->
          with(
              RpcError.SERVER,
              "replacement transaction underpriced",
              object().put("feeToReplace", Hex.quantity(underpriced.feeToReplace())));
      case Submission.FeeTooLow fee ->
          RpcError.server(
              "max fee per gas less than block base fee: maxFeePerGas: "
                  + fee.maxFee().toBigInteger()
                  + ", baseFee: "
                  + fee.baseFee().toBigInteger());
      case Submission.PoolFull full ->
          with(RpcError.LIMIT_EXCEEDED, "txpool is full", object().put("bound", full.bound()));
      case Submission.Void bound ->
          RpcError.server("transaction is void: " + bound.recentBlock() + " is no recent block");
      case Submission.OutOfCredit credit ->
          with(
              RpcError.CREDIT_EXHAUSTED,
              PlatformRefusal.of(credit.reason()).title(),
              object()
                  .put("code", PlatformRefusal.of(credit.reason()).code())
                  .put("asset", credit.asset().name())
                  .put("missing", Long.toString(credit.missing())));
      case Submission.ChainClosed closed -> RpcError.server("the chain is closed");
      case Submission.TooHeavy heavy ->
          RpcError.server("transaction stopped by a limit of the platform: " + heavy.reason());
      case Submission.Unavailable unavailable ->
          with(
              RpcError.OUTCOME_UNKNOWN,
              "not known to be taken: send the same transaction again",
              object()
                  .put("retryAfterMillis", unavailable.retryAfter().toMillis())
                  .put("reason", unavailable.reason()));
    };
  }

  private static String words(Refusal refusal) {
    return switch (refusal) {
      case TYPE_NOT_SUPPORTED -> "transaction type not supported";
      case WRONG_CHAIN -> "invalid sender: invalid chain id for signer";
      case INVALID_SIGNATURE -> "invalid sender: invalid transaction v, r, s values";
      case INTRINSIC_GAS_TOO_LOW -> "intrinsic gas too low";
      case FLOOR_GAS_TOO_LOW -> "insufficient gas for floor data gas cost";
      case NONCE_AT_MAXIMUM -> "nonce has max value";
      case INIT_CODE_TOO_LARGE -> "max initcode size exceeded";
      case GAS_LIMIT_ABOVE_CAP -> "transaction gas limit too high";
      case FEE_OVERFLOW -> "max fee per gas higher than 2^256-1";
      case TIP_ABOVE_FEE -> "max priority fee per gas higher than max fee per gas";
      case BLOCK_GAS_EXCEEDED -> "exceeds block gas limit";
      case FEE_BELOW_BASE_FEE -> "max fee per gas less than block base fee";
      case NONCE_TOO_LOW -> "nonce too low";
      case NONCE_TOO_HIGH -> "nonce too high";
      case INSUFFICIENT_FUNDS -> "insufficient funds for gas * price + value";
      case SENDER_HAS_CODE -> "sender not an eoa";
      case SET_CODE_CREATES_CONTRACT -> "EIP-7702 transaction cannot be used to create contract";
      case NO_AUTHORIZATIONS -> "EIP-7702 transaction with empty auth list";
      case BLOB_CREATES_CONTRACT,
          NO_BLOBS,
          TOO_MANY_BLOBS,
          BLOB_HASH_VERSION,
          BLOB_FEE_BELOW_BASE_FEE ->
          "this chain takes no blob transactions: " + refusal.explanation();
    };
  }

  private static String detail(String detail) {
    return detail.isEmpty() ? "" : ": " + detail;
  }

  private static String funds(U256 balance, U256 cost) {
    BigInteger missing = cost.toBigInteger().subtract(balance.toBigInteger());
    return "insufficient funds for gas * price + value: balance "
        + balance.toBigInteger()
        + ", tx cost "
        + cost.toBigInteger()
        + ", overshot "
        + missing;
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  private static RpcError with(int code, String message, ObjectNode data) {
    return new RpcError(code, message, data);
  }
}
