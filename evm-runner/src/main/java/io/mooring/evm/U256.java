package io.mooring.evm;

import java.math.BigInteger;

/**
 * An unsigned 256-bit value at rest, as four longs, {@code w3} the most significant.
 *
 * <p>The interpreter computes on a {@code long[]} stack and never makes one of these in its loop.
 */
public record U256(long w3, long w2, long w1, long w0) implements Comparable<U256> {
  public static final int BYTES = 32;
  public static final U256 ZERO = new U256(0, 0, 0, 0);
  public static final U256 ONE = new U256(0, 0, 0, 1);

  /** The value of {@code unsigned} read as an unsigned 64-bit number. */
  public static U256 of(long unsigned) {
    return new U256(0, 0, 0, unsigned);
  }

  public static U256 of(BigInteger value) {
    if (value.signum() < 0 || value.bitLength() > 256) {
      throw new IllegalArgumentException("not an unsigned 256-bit number: " + value);
    }
    return new U256(
        value.shiftRight(192).longValue(),
        value.shiftRight(128).longValue(),
        value.shiftRight(64).longValue(),
        value.longValue());
  }

  /** Reads at most 32 big-endian bytes. */
  public static U256 of(byte[] bigEndian) {
    return of(new BigInteger(1, bigEndian));
  }

  public byte[] bytes() {
    byte[] bytes = new byte[BYTES];
    for (int i = 0; i < 8; i++) {
      int shift = 56 - 8 * i;
      bytes[i] = (byte) (w3 >>> shift);
      bytes[8 + i] = (byte) (w2 >>> shift);
      bytes[16 + i] = (byte) (w1 >>> shift);
      bytes[24 + i] = (byte) (w0 >>> shift);
    }
    return bytes;
  }

  public BigInteger toBigInteger() {
    return new BigInteger(1, bytes());
  }

  public boolean isZero() {
    return (w3 | w2 | w1 | w0) == 0;
  }

  @Override
  public int compareTo(U256 other) {
    int order = Long.compareUnsigned(w3, other.w3);
    if (order == 0) {
      order = Long.compareUnsigned(w2, other.w2);
    }
    if (order == 0) {
      order = Long.compareUnsigned(w1, other.w1);
    }
    return order == 0 ? Long.compareUnsigned(w0, other.w0) : order;
  }

  @Override
  public String toString() {
    return "0x" + toBigInteger().toString(16);
  }
}
