package io.mooring.bench.evm;

/** Arithmetic on limbs that compiled code calls and HotSpot inlines. */
public final class Limbs {
  private Limbs() {}

  /** 1 where {@code a + b}, which came to {@code sum}, did not fit. */
  public static long carry(long a, long b, long sum) {
    return ((a & b) | ((a | b) & ~sum)) >>> 63;
  }

  /** 1 where {@code a - b}, which came to {@code difference}, went below zero. */
  public static long borrow(long a, long b, long difference) {
    return ((~a & b) | ((~a | b) & difference)) >>> 63;
  }

  /** The second limb of a product. */
  public static long product1(long a0, long a1, long b0, long b1) {
    return Math.unsignedMultiplyHigh(a0, b0) + a0 * b1 + a1 * b0;
  }

  /** The third limb of a product. */
  public static long product2(long a0, long a1, long a2, long b0, long b1, long b2) {
    return carries(a0, a1, b0, b1)
        + Math.unsignedMultiplyHigh(a0, b1)
        + Math.unsignedMultiplyHigh(a1, b0)
        + a0 * b2
        + a1 * b1
        + a2 * b0;
  }

  /** The fourth limb of a product. */
  public static long product3(
      long a0, long a1, long a2, long a3, long b0, long b1, long b2, long b3) {
    long sum = carries(a0, a1, b0, b1);
    long carries = 0;
    long part = Math.unsignedMultiplyHigh(a0, b1);
    long next = sum + part;
    carries += carry(sum, part, next);
    sum = next;
    part = Math.unsignedMultiplyHigh(a1, b0);
    next = sum + part;
    carries += carry(sum, part, next);
    sum = next;
    part = a0 * b2;
    next = sum + part;
    carries += carry(sum, part, next);
    sum = next;
    part = a1 * b1;
    next = sum + part;
    carries += carry(sum, part, next);
    sum = next;
    part = a2 * b0;
    carries += carry(sum, part, sum + part);
    return carries
        + Math.unsignedMultiplyHigh(a0, b2)
        + Math.unsignedMultiplyHigh(a1, b1)
        + Math.unsignedMultiplyHigh(a2, b0)
        + a0 * b3
        + a1 * b2
        + a2 * b1
        + a3 * b0;
  }

  /** What the second limb's three parts carry into the third. */
  private static long carries(long a0, long a1, long b0, long b1) {
    long high = Math.unsignedMultiplyHigh(a0, b0);
    long first = a0 * b1;
    long sum = high + first;
    long second = a1 * b0;
    return carry(high, first, sum) + carry(sum, second, sum + second);
  }
}
