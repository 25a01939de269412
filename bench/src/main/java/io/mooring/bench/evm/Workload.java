package io.mooring.bench.evm;

import java.util.HexFormat;

/**
 * One thing to measure: code at an address, called with an input and so much gas.
 *
 * @param gas what the message gets, after any intrinsic gas
 */
record Workload(String name, String what, byte[] code, byte[] input, long gas) {
  /** What EIP-7825 lets a transaction have. */
  static final long TRANSACTION_GAS_MAX = 1 << 24;

  /** That, with room for any intrinsic gas, because revme runs transactions. */
  static final long MESSAGE_GAS = 16_700_000;

  String codeHex() {
    return HexFormat.of().formatHex(code);
  }

  String inputHex() {
    return HexFormat.of().formatHex(input);
  }
}
