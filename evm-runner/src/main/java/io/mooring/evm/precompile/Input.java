package io.mooring.evm.precompile;

import java.math.BigInteger;

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
}
