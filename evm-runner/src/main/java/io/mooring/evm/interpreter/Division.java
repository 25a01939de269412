package io.mooring.evm.interpreter;

import static io.mooring.evm.interpreter.Words.LIMBS;

/**
 * Division of words, by Knuth's algorithm D on 64-bit limbs with the reciprocals of Möller and
 * Granlund, "Improved division by invariant integers".
 *
 * <p>Holds scratch space: not thread-safe.
 */
final class Division {
  private static final int NUMERATOR_LIMBS_MAX = 2 * LIMBS;

  /** First approximations of reciprocals, by the nine highest bits of the divisor. */
  private static final short[] RECIPROCALS = new short[256];

  static {
    for (int i = 0; i < RECIPROCALS.length; i++) {
      RECIPROCALS[i] = (short) (0x7fd00 / (256 + i));
    }
  }

  private final long[] u = new long[NUMERATOR_LIMBS_MAX + 1];
  private final long[] q = new long[NUMERATOR_LIMBS_MAX];
  private final long[] v = new long[LIMBS];
  private final long[] wide = new long[NUMERATOR_LIMBS_MAX];
  private final long[] signed = new long[2 * LIMBS];

  void div(long[] s, int d, int a, int b) {
    if ((s[a + 1] | s[a + 2] | s[a + 3] | s[b + 1] | s[b + 2] | s[b + 3]) == 0) {
      Words.set(s, d, s[b] == 0 ? 0 : Long.divideUnsigned(s[a], s[b]));
    } else if (Words.isZero(s, b)) {
      Words.set(s, d, 0);
    } else {
      divide(s, a, LIMBS, s, b);
      System.arraycopy(q, 0, s, d, LIMBS);
    }
  }

  void mod(long[] s, int d, int a, int b) {
    if ((s[a + 1] | s[a + 2] | s[a + 3] | s[b + 1] | s[b + 2] | s[b + 3]) == 0) {
      Words.set(s, d, s[b] == 0 ? 0 : Long.remainderUnsigned(s[a], s[b]));
    } else if (Words.isZero(s, b)) {
      Words.set(s, d, 0);
    } else {
      divide(s, a, LIMBS, s, b);
      System.arraycopy(u, 0, s, d, LIMBS);
    }
  }

  void sdiv(long[] s, int d, int a, int b) {
    boolean negative = (s[a + 3] ^ s[b + 3]) < 0;
    absolutes(s, a, b);
    div(signed, 0, 0, LIMBS);
    give(s, d, negative);
  }

  void smod(long[] s, int d, int a, int b) {
    boolean negative = s[a + 3] < 0;
    absolutes(s, a, b);
    mod(signed, 0, 0, LIMBS);
    give(s, d, negative);
  }

  private void absolutes(long[] s, int a, int b) {
    System.arraycopy(s, a, signed, 0, LIMBS);
    System.arraycopy(s, b, signed, LIMBS, LIMBS);
    if (signed[LIMBS - 1] < 0) {
      Words.negate(signed, 0, 0);
    }
    if (signed[2 * LIMBS - 1] < 0) {
      Words.negate(signed, LIMBS, LIMBS);
    }
  }

  private void give(long[] s, int d, boolean negative) {
    if (negative) {
      Words.negate(signed, 0, 0);
    }
    System.arraycopy(signed, 0, s, d, LIMBS);
  }

  /** {@code (a + b) mod m}, the sum not cut to 256 bits. */
  void addMod(long[] s, int d, int a, int b, int m) {
    if (Words.isZero(s, m)) {
      Words.set(s, d, 0);
      return;
    }
    long carry = 0;
    for (int i = 0; i < LIMBS; i++) {
      long sum = s[a + i] + s[b + i] + carry;
      carry = Words.carry(s[a + i], s[b + i], sum);
      wide[i] = sum;
    }
    wide[LIMBS] = carry;
    divide(wide, 0, LIMBS + 1, s, m);
    System.arraycopy(u, 0, s, d, LIMBS);
  }

  /** {@code (a * b) mod m}, the product not cut to 256 bits. */
  void mulMod(long[] s, int d, int a, int b, int m) {
    if (Words.isZero(s, m)) {
      Words.set(s, d, 0);
      return;
    }
    multiplyWide(s, a, b);
    divide(wide, 0, NUMERATOR_LIMBS_MAX, s, m);
    System.arraycopy(u, 0, s, d, LIMBS);
  }

  private void multiplyWide(long[] s, int a, int b) {
    for (int i = 0; i < NUMERATOR_LIMBS_MAX; i++) {
      wide[i] = 0;
    }
    for (int i = 0; i < LIMBS; i++) {
      long factor = s[a + i];
      if (factor == 0) {
        continue;
      }
      long carry = 0;
      for (int j = 0; j < LIMBS; j++) {
        long low = factor * s[b + j];
        long high = Math.unsignedMultiplyHigh(factor, s[b + j]);
        long sum = wide[i + j] + low;
        high += Words.carry(wide[i + j], low, sum);
        long total = sum + carry;
        high += Words.carry(sum, carry, total);
        wide[i + j] = total;
        carry = high;
      }
      wide[i + LIMBS] = carry;
    }
  }

  /** Leaves the quotient's limbs in {@code q} and the remainder's four in {@code u}. */
  private void divide(long[] numerator, int at, int limbs, long[] divisor, int divisorAt) {
    int n = limbs;
    while (n > 0 && numerator[at + n - 1] == 0) {
      n--;
    }
    int m = LIMBS;
    while (divisor[divisorAt + m - 1] == 0) {
      m--;
    }
    for (int i = 0; i < LIMBS; i++) {
      q[i] = 0;
    }
    if (n < m) {
      for (int i = 0; i < LIMBS; i++) {
        u[i] = i < n ? numerator[at + i] : 0;
      }
      return;
    }

    int shift = Long.numberOfLeadingZeros(divisor[divisorAt + m - 1]);
    normalise(divisor, divisorAt, m, v, shift);
    u[n] = shift == 0 ? 0 : numerator[at + n - 1] >>> -shift;
    normalise(numerator, at, n, u, shift);
    if (m == 1) {
      byOne(n);
    } else {
      byMany(n, m);
    }
    for (int i = 0; i < m; i++) {
      long above = i + 1 < m ? u[i + 1] : 0;
      u[i] = shift == 0 ? u[i] : u[i] >>> shift | above << -shift;
    }
    for (int i = m; i < LIMBS; i++) {
      u[i] = 0;
    }
  }

  private static void normalise(long[] from, int at, int limbs, long[] to, int shift) {
    for (int i = limbs - 1; i > 0; i--) {
      to[i] = shift == 0 ? from[at + i] : from[at + i] << shift | from[at + i - 1] >>> -shift;
    }
    to[0] = from[at] << shift;
  }

  /** Divides by one limb, two by one at a time. */
  private void byOne(int n) {
    long divisor = v[0];
    long reciprocal = reciprocal(divisor);
    long remainder = u[n];
    for (int i = n - 1; i >= 0; i--) {
      long low = u[i];
      long quotientLow = reciprocal * remainder;
      long quotient = Math.unsignedMultiplyHigh(reciprocal, remainder);
      long sum = quotientLow + low;
      quotient += remainder + Words.carry(quotientLow, low, sum) + 1;
      remainder = low - quotient * divisor;
      if (Long.compareUnsigned(remainder, sum) > 0) {
        quotient--;
        remainder += divisor;
      }
      if (Long.compareUnsigned(remainder, divisor) >= 0) {
        quotient++;
        remainder -= divisor;
      }
      q[i] = quotient;
    }
    u[0] = remainder;
  }

  /**
   * Divides by two to four limbs: a quotient limb from three by two, then multiply and subtract.
   */
  private void byMany(int n, int m) {
    long high = v[m - 1];
    long low = v[m - 2];
    long reciprocal = reciprocal(high, low);
    for (int j = n - m; j >= 0; j--) {
      long u2 = u[j + m];
      long u1 = u[j + m - 1];
      long u0 = u[j + m - 2];
      long quotient;
      if (u2 == high && u1 == low) {
        quotient = -1L; // three by two would overflow
      } else {
        long quotientLow = reciprocal * u2;
        quotient = Math.unsignedMultiplyHigh(reciprocal, u2);
        long sum = quotientLow + u1;
        quotient += u2 + Words.carry(quotientLow, u1, sum);
        long r1 = u1 - quotient * high;
        long t0 = low * quotient;
        long t1 = Math.unsignedMultiplyHigh(low, quotient);
        long r0 = u0 - t0;
        r1 -= t1 + Words.borrow(u0, t0, r0);
        long less = r0 - low;
        r1 -= high + Words.borrow(r0, low, less);
        r0 = less;
        quotient++;
        if (Long.compareUnsigned(r1, sum) >= 0) {
          quotient--;
          long more = r0 + low;
          r1 += high + Words.carry(r0, low, more);
          r0 = more;
        }
        if (Long.compareUnsigned(r1, high) > 0
            || (r1 == high && Long.compareUnsigned(r0, low) >= 0)) {
          quotient++;
        }
      }
      if (subtractProduct(j, m, quotient)) {
        quotient--;
        addBack(j, m);
      }
      q[j] = quotient;
    }
  }

  /** {@code u[j…] -= quotient * v}; true where it went below zero. */
  private boolean subtractProduct(int j, int m, long quotient) {
    long carry = 0;
    for (int i = 0; i < m; i++) {
      long low = quotient * v[i];
      long high = Math.unsignedMultiplyHigh(quotient, v[i]);
      long product = low + carry;
      high += Words.carry(low, carry, product);
      long before = u[j + i];
      long difference = before - product;
      u[j + i] = difference;
      carry = high + Words.borrow(before, product, difference);
    }
    long before = u[j + m];
    u[j + m] = before - carry;
    return Long.compareUnsigned(before, carry) < 0;
  }

  private void addBack(int j, int m) {
    long carry = 0;
    for (int i = 0; i < m; i++) {
      long before = u[j + i];
      long sum = before + v[i] + carry;
      u[j + i] = sum;
      carry = Words.carry(before, v[i], sum);
    }
    u[j + m] += carry;
  }

  /** {@code floor((2^128 - 1) / divisor) - 2^64} for a divisor whose highest bit is set. */
  static long reciprocal(long divisor) {
    long v0 = RECIPROCALS[(int) (divisor >>> 55) - 256];
    long d40 = (divisor >>> 24) + 1;
    long v1 = (v0 << 11) - (v0 * v0 * d40 >>> 40) - 1;
    long v2 = (v1 << 13) + (v1 * (0x1000000000000000L - v1 * d40) >>> 47);
    long d0 = divisor & 1;
    long d63 = (divisor >>> 1) + d0;
    long e = (v2 >>> 1 & -d0) - v2 * d63;
    long v3 = (Math.unsignedMultiplyHigh(v2, e) >>> 1) + (v2 << 31);
    long low = v3 * divisor;
    long high = Math.unsignedMultiplyHigh(v3, divisor);
    high += Words.carry(low, divisor, low + divisor);
    return v3 - high - divisor;
  }

  private static long reciprocal(long high, long low) {
    long v = reciprocal(high);
    long p = high * v + low;
    if (Long.compareUnsigned(p, low) < 0) {
      v--;
      if (Long.compareUnsigned(p, high) >= 0) {
        v--;
        p -= high;
      }
      p -= high;
    }
    long t1 = Math.unsignedMultiplyHigh(v, low);
    long t0 = v * low;
    p += t1;
    if (Long.compareUnsigned(p, t1) < 0) {
      v--;
      if (Long.compareUnsigned(p, high) > 0 || (p == high && Long.compareUnsigned(t0, low) >= 0)) {
        v--;
      }
    }
    return v;
  }

  /** {@code a} to the power of {@code b}, modulo 2^256. */
  void exp(long[] s, int d, int a, int b) {
    int bits = Words.bitLength(s, b);
    System.arraycopy(s, a, signed, 0, LIMBS);
    System.arraycopy(s, b, signed, LIMBS, LIMBS);
    Words.set(wide, 0, 1);
    System.arraycopy(signed, 0, wide, LIMBS, LIMBS);
    for (int i = bits - 1; i >= 0; i--) {
      Words.mul(wide, 0, 0, 0);
      if ((signed[LIMBS + (i >>> 6)] >>> i & 1) != 0) {
        Words.mul(wide, 0, 0, LIMBS);
      }
    }
    System.arraycopy(wide, 0, s, d, LIMBS);
  }
}
