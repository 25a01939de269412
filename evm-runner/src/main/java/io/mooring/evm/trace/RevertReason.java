package io.mooring.evm.trace;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;

/**
 * What Solidity packs into the data of a revert: {@code Error(string)} or {@code Panic(uint256)}.
 */
public final class RevertReason {
  private static final int SELECTOR_BYTES = 4;
  private static final int WORD_BYTES = 32;
  private static final String ERROR = "08c379a0";
  private static final String PANIC = "4e487b71";

  private static final Map<Integer, String> PANICS =
      Map.of(
          0x00, "generic panic",
          0x01, "assert(false)",
          0x11, "arithmetic underflow or overflow",
          0x12, "division or modulo by zero",
          0x21, "enum overflow",
          0x22, "invalid encoded storage byte array accessed",
          0x31, "out-of-bounds array access; popping on an empty array",
          0x32, "out-of-bounds access of an array or bytesN",
          0x41, "out of memory",
          0x51, "uninitialized function");

  private RevertReason() {}

  /** Empty where the data is neither. */
  public static String of(byte[] data) {
    if (data.length < SELECTOR_BYTES + WORD_BYTES) {
      return "";
    }
    return switch (HexFormat.of().formatHex(data, 0, SELECTOR_BYTES)) {
      case ERROR -> string(data);
      case PANIC -> panic(word(data, 0));
      default -> "";
    };
  }

  private static String panic(BigInteger code) {
    String known = code.bitLength() < Integer.SIZE ? PANICS.get(code.intValue()) : null;
    return known == null ? "unknown panic code: 0x" + code.toString(16) : known;
  }

  private static String string(byte[] data) {
    BigInteger at = word(data, 0);
    int room = data.length - SELECTOR_BYTES - WORD_BYTES;
    if (at.compareTo(BigInteger.valueOf(room)) > 0) {
      return "";
    }
    BigInteger length = word(data, at.intValue());
    int from = SELECTOR_BYTES + at.intValue() + WORD_BYTES;
    if (length.compareTo(BigInteger.valueOf(data.length - from)) > 0) {
      return "";
    }
    return new String(data, from, length.intValue(), StandardCharsets.UTF_8);
  }

  private static BigInteger word(byte[] data, int at) {
    int from = SELECTOR_BYTES + at;
    return new BigInteger(1, Arrays.copyOfRange(data, from, from + WORD_BYTES));
  }
}
