package io.mooring.contracts.rpc;

import io.mooring.contracts.simulation.CallRefused;

/** The codes of {@code eth_simulateV1}, as execution-apis has them. */
final class RpcCodes {
  static final int CLIENT_LIMIT_EXCEEDED = -38026;
  static final int VM_ERROR = -32015;

  private RpcCodes() {}

  static int ofSimulation(CallRefused.Reason reason) {
    return switch (reason) {
      case NONCE_TOO_LOW -> -38010;
      case NONCE_TOO_HIGH -> -38011;
      case FEES -> -38012;
      case INTRINSIC_GAS -> -38013;
      case INSUFFICIENT_FUNDS -> -38014;
      case BLOCK_GAS_EXCEEDED -> -38015;
      case BLOCK_NUMBERS -> -38020;
      case BLOCK_TIMES -> -38021;
      case INIT_CODE_TOO_LARGE -> -38025;
      case TOO_MANY_BLOCKS -> CLIENT_LIMIT_EXCEEDED;
      case OVERRIDES -> RpcError.SERVER;
      case INVALID -> RpcError.INTERNAL;
      case INTERRUPTED -> RpcError.LIMIT_EXCEEDED;
    };
  }
}
