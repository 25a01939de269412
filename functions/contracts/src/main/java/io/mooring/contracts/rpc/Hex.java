package io.mooring.contracts.rpc;

import io.mooring.evm.U256;
import java.util.HexFormat;

/** How Ethereum writes numbers and bytes in JSON: hexadecimal behind {@code 0x}. */
public final class Hex {
  private static final HexFormat DIGITS = HexFormat.of();

  private Hex() {}

  /** A number without leading zeros. */
  public static String quantity(long unsigned) {
    return "0x" + Long.toHexString(unsigned);
  }

  public static String quantity(U256 value) {
    return (value.w3() | value.w2() | value.w1()) == 0 ? quantity(value.w0()) : value.toString();
  }

  /** Bytes, two digits each. */
  public static String data(byte[] bytes) {
    return "0x" + DIGITS.formatHex(bytes);
  }

  /** A word as 32 bytes. */
  public static String word(U256 value) {
    return data(value.bytes());
  }
}
