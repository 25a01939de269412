package io.mooring.evm.precompile;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Call data as precompiles read it: endless, with zeros after the end. */
final class Input {
  private Input() {}

  static byte[] bytes(byte[] input, long from, int length) {
    byte[] bytes = new byte[length];
    if (from < input.length) {
      System.arraycopy(input, (int) from, bytes, 0, (int) Math.min(length, input.length - from));
    }
    return bytes;
  }

  static BigInteger number(byte[] input, long from, int length) {
    return new BigInteger(1, bytes(input, from, length));
  }

  /** The same part of each item, where items of {@code itemBytes} follow each other. */
  static List<byte[]> everyNth(byte[] input, int itemBytes, int from, int length) {
    List<byte[]> parts = new ArrayList<>(input.length / itemBytes);
    for (int item = 0; item < input.length; item += itemBytes) {
      parts.add(Arrays.copyOfRange(input, item + from, item + from + length));
    }
    return parts;
  }
}
