package io.mooring.evm.interpreter;

import static io.mooring.evm.interpreter.Words.LIMBS;
import static io.mooring.evm.interpreter.Words.below;

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
    if ((s[a + 3] | s[b + 3]) >= 0) {
      div(s, d, a, b);
      return;
    }
    boolean negative = (s[a + 3] ^ s[b + 3]) < 0;
    absolutes(s, a, b);
    div(signed, 0, 0, LIMBS);
    give(s, d, negative);
  }

  void smod(long[] s, int d, int a, int b) {
    if ((s[a + 3] | s[b + 3]) >= 0) {
      mod(s, d, a, b);
      return;
    }
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
    long b0 = s[b];
    long b1 = s[b + 1];
    long b2 = s[b + 2];
    long b3 = s[b + 3];
    long r0 = 0;
    long r1 = 0;
    long r2 = 0;
    long r3 = 0;
    for (int i = 0; i < LIMBS; i++) {
      long factor = s[a + i];
      long low = factor * b0;
      long sum = low + r0;
      long high = Math.unsignedMultiplyHigh(factor, b0) + below(sum, low);
      wide[i] = sum;
      low = factor * b1;
      sum = low + r1;
      long next = Math.unsignedMultiplyHigh(factor, b1) + below(sum, low);
      r0 = sum + high;
      high = next + below(r0, high);
      low = factor * b2;
      sum = low + r2;
      next = Math.unsignedMultiplyHigh(factor, b2) + below(sum, low);
      r1 = sum + high;
      high = next + below(r1, high);
      low = factor * b3;
      sum = low + r3;
      next = Math.unsignedMultiplyHigh(factor, b3) + below(sum, low);
      r2 = sum + high;
      r3 = next + below(r2, high);
    }
    wide[LIMBS] = r0;
    wide[LIMBS + 1] = r1;
    wide[LIMBS + 2] = r2;
    wide[LIMBS + 3] = r3;
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
    } else if (m == LIMBS) {
      byFour(n);
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
      long sum = reciprocal * remainder + low;
      long quotient =
          Math.unsignedMultiplyHigh(reciprocal, remainder) + remainder + below(sum, low) + 1;
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

  /** Divides by four limbs: a quotient limb from three by two, then multiply and subtract. */
  private void byFour(int n) {
    long v0 = v[0];
    long v1 = v[1];
    long v2 = v[2];
    long v3 = v[3];
    long reciprocal = reciprocal(v3, v2);
    long u4 = u[n];
    long u3 = u[n - 1];
    long u2 = u[n - 2];
    long u1 = u[n - 3];
    for (int j = n - LIMBS; j >= 0; j--) {
      long u0 = u[j];
      long quotient = quotient(u4, u3, u2, v3, v2, reciprocal);

      long low = quotient * v0;
      long high = Math.unsignedMultiplyHigh(quotient, v0) + below(u0, low);
      u0 -= low;
      low = quotient * v1;
      long sum = low + high;
      high = Math.unsignedMultiplyHigh(quotient, v1) + below(sum, low) + below(u1, sum);
      u1 -= sum;
      low = quotient * v2;
      sum = low + high;
      high = Math.unsignedMultiplyHigh(quotient, v2) + below(sum, low) + below(u2, sum);
      u2 -= sum;
      low = quotient * v3;
      sum = low + high;
      high = Math.unsignedMultiplyHigh(quotient, v3) + below(sum, low) + below(u3, sum);
      u3 -= sum;
      if (below(u4, high) != 0) { // the quotient was one too large: add back
        quotient--;
        long sum0 = u0 + v0;
        long sum1 = u1 + v1 + below(sum0, v0);
        long sum2 = u2 + v2 + Words.carry(u1, v1, sum1);
        u3 += v3 + Words.carry(u2, v2, sum2);
        u0 = sum0;
        u1 = sum1;
        u2 = sum2;
      }
      q[j] = quotient;
      u4 = u3;
      u3 = u2;
      u2 = u1;
      u1 = u0;
    }
    u[0] = u1;
    u[1] = u2;
    u[2] = u3;
    u[3] = u4;
  }

  /** As {@link #byFour}, for two or three limbs. */
  private void byMany(int n, int m) {
    long high = v[m - 1];
    long low = v[m - 2];
    long reciprocal = reciprocal(high, low);
    for (int j = n - m; j >= 0; j--) {
      long quotient = quotient(u[j + m], u[j + m - 1], u[j + m - 2], high, low, reciprocal);
      if (subtractProduct(j, m, quotient)) {
        quotient--;
        addBack(j, m);
      }
      q[j] = quotient;
    }
  }

  /** The quotient of three limbs by two that have the highest bit set; at most one too large. */
  private static long quotient(long u2, long u1, long u0, long high, long low, long reciprocal) {
    if (u2 == high && u1 == low) {
      return -1L; // three by two would overflow
    }
    long quotientLow = reciprocal * u2;
    long sum = quotientLow + u1;
    long quotient = Math.unsignedMultiplyHigh(reciprocal, u2) + u2 + below(sum, u1);
    long t0 = low * quotient;
    long r0 = u0 - t0;
    long r1 = u1 - quotient * high - Math.unsignedMultiplyHigh(low, quotient) - below(u0, t0);
    r1 -= high + below(r0, low);
    r0 -= low;
    quotient++;
    if (Long.compareUnsigned(r1, sum) >= 0) {
      quotient--;
      r0 += low;
      r1 += high + below(r0, low);
    }
    if (Long.compareUnsigned(r1, high) > 0 || (r1 == high && Long.compareUnsigned(r0, low) >= 0)) {
      quotient++;
    }
    return quotient;
  }

  /** {@code u[j…] -= quotient * v}; true where it went below zero. */
  private boolean subtractProduct(int j, int m, long quotient) {
    long carry = 0;
    for (int i = 0; i < m; i++) {
      long low = quotient * v[i];
      long product = low + carry;
      long before = u[j + i];
      u[j + i] = before - product;
      carry =
          Math.unsignedMultiplyHigh(quotient, v[i]) + below(product, low) + below(before, product);
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
    return v3 - high - below(low + divisor, divisor) - divisor;
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
}
