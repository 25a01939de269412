package io.mooring.contracts.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.mooring.evm.trace.Errors;
import io.mooring.evm.trace.RevertReason;

/**
 * Why a call of a method has no result, in the codes and words that Ethereum's tools look for.
 *
 * @param data missing where there is nothing to add
 */
public record RpcError(int code, String message, JsonNode data) {
  /** The body is no JSON. */
  public static final int PARSE = -32700;

  /** It is JSON, but no request. */
  public static final int INVALID_REQUEST = -32600;

  public static final int METHOD_NOT_FOUND = -32601;
  public static final int INVALID_PARAMS = -32602;
  public static final int INTERNAL = -32603;

  /** What go-ethereum answers for nearly everything that goes wrong. */
  public static final int SERVER = -32000;

  /** A bound of ours, see the limits page (EIP-1474). */
  public static final int LIMIT_EXCEEDED = -32005;

  /** The credential may not do this; ours. */
  public static final int SCOPE_MISSING = -32091;

  /** The tenant's credits do not cover it; ours. */
  public static final int CREDIT_EXHAUSTED = -32092;

  /** Nobody can say whether the transaction was taken; the same one may be sent again. Ours. */
  public static final int OUTCOME_UNKNOWN = -32093;

  /** The code took it back; the data is what it said. */
  public static final int REVERTED = 3;

  public static RpcError of(int code, String message) {
    return new RpcError(code, message, MissingNode.getInstance());
  }

  public static RpcError server(String message) {
    return of(SERVER, message);
  }

  public static RpcError invalidParams(String message) {
    return of(INVALID_PARAMS, message);
  }

  public static RpcError limit(RpcLimit limit, String message) {
    return of(LIMIT_EXCEEDED, message + " (limit " + limit.word() + ": " + limit.value() + ")");
  }

  /** With the reason in words where Solidity gave one, and with its bytes always. */
  public static RpcError reverted(byte[] output) {
    String reason = RevertReason.of(output);
    return new RpcError(
        REVERTED,
        reason.isEmpty() ? Errors.REVERTED : Errors.REVERTED + ": " + reason,
        new TextNode(Hex.data(output)));
  }

  public RpcException exception() {
    return new RpcException(this);
  }
}
