package io.mooring.evm.pairing;

import java.math.BigInteger;
import java.nio.ByteBuffer;

/** Carries between 64-bit limbs, and numbers as bytes. */
final class Limbs {
  private Limbs() {}

  /** One if adding {@code term} to something made {@code sum} wrap. */
  static long carry(long sum, long term) {
    return Long.compareUnsigned(sum, term) < 0 ? 1 : 0;
  }

  /** One if {@code minuend - subtrahend} wraps. */
  static long borrow(long minuend, long subtrahend) {
    return Long.compareUnsigned(minuend, subtrahend) < 0 ? 1 : 0;
  }

  static BigInteger toBigInteger(long... littleEndian) {
    ByteBuffer bytes = ByteBuffer.allocate(littleEndian.length * Long.BYTES);
    for (int i = littleEndian.length - 1; i >= 0; i--) {
      bytes.putLong(littleEndian[i]);
    }
    return new BigInteger(1, bytes.array());
  }

  /** Writes a number that fits, big-endian and padded with zeros on the left. */
  static void write(BigInteger value, byte[] to, int from, int length) {
    byte[] digits = value.toByteArray();
    int used = Math.min(digits.length, length);
    System.arraycopy(digits, digits.length - used, to, from + length - used, used);
  }
}
