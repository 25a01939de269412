package io.mooring.evm;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigInteger;
import java.nio.ByteOrder;

/**
 * An unsigned 256-bit value at rest, as four longs, {@code w3} the most significant.
 *
 * <p>The interpreter computes on a {@code long[]} stack and never makes one of these in its loop.
 */
public record U256(long w3, long w2, long w1, long w0) implements Comparable<U256> {
  public static final int BYTES = 32;
  public static final U256 ZERO = new U256(0, 0, 0, 0);
  public static final U256 ONE = new U256(0, 0, 0, 1);

  private static final VarHandle LIMB =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

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
    if (bigEndian.length == BYTES) {
      return new U256(
          (long) LIMB.get(bigEndian, 0),
          (long) LIMB.get(bigEndian, 8),
          (long) LIMB.get(bigEndian, 16),
          (long) LIMB.get(bigEndian, 24));
    }
    return of(new BigInteger(1, bigEndian));
  }

  /** Reads four limbs of {@code stack}, the least significant first. */
  public static U256 of(long[] stack, int at) {
    return new U256(stack[at + 3], stack[at + 2], stack[at + 1], stack[at]);
  }

  /** Writes the four limbs into {@code stack}, the least significant first. */
  public void copyTo(long[] stack, int at) {
    stack[at] = w0;
    stack[at + 1] = w1;
    stack[at + 2] = w2;
    stack[at + 3] = w3;
  }

  /** Whether the value is below 2^63, so that {@link #w0} is all of it. */
  public boolean fitsLong() {
    return (w3 | w2 | w1) == 0 && w0 >= 0;
  }

  public U256 plus(U256 other) {
    long sum0 = w0 + other.w0;
    long carry0 = carry(sum0, w0, 0);
    long sum1 = w1 + other.w1 + carry0;
    long carry1 = carry(sum1, w1, carry0);
    long sum2 = w2 + other.w2 + carry1;
    long carry2 = carry(sum2, w2, carry1);
    return new U256(w3 + other.w3 + carry2, sum2, sum1, sum0);
  }

  /** The difference, modulo 2^256. */
  public U256 minus(U256 other) {
    return plus(new U256(~other.w3, ~other.w2, ~other.w1, ~other.w0)).plus(ONE);
  }

  private static long carry(long sum, long addend, long carryIn) {
    int order = Long.compareUnsigned(sum, addend);
    return order < 0 || (order == 0 && carryIn == 1) ? 1 : 0;
  }

  public byte[] bytes() {
    byte[] bytes = new byte[BYTES];
    LIMB.set(bytes, 0, w3);
    LIMB.set(bytes, 8, w2);
    LIMB.set(bytes, 16, w1);
    LIMB.set(bytes, 24, w0);
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

  // A record's own equality is made when it is first asked for, which was a fifth of our start.
  @Override
  public int hashCode() {
    long limbs = w0 ^ Long.rotateLeft(w1, 17) ^ Long.rotateLeft(w2, 34) ^ Long.rotateLeft(w3, 51);
    return (int) (limbs * 0x9e3779b97f4a7c15L >>> 32);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof U256 that
        && w0 == that.w0
        && w1 == that.w1
        && w2 == that.w2
        && w3 == that.w3;
  }

  @Override
  public String toString() {
    return "0x" + toBigInteger().toString(16);
  }
}
