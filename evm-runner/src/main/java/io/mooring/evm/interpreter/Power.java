package io.mooring.evm.interpreter;

import static io.mooring.evm.interpreter.Words.below;

/**
 * EXP: square and multiply, from the exponent's highest bit down.
 *
 * <p>The running product stays in local variables; through {@link Words} it would go to memory and
 * back for each of up to 512 multiplications, which took twice as long.
 */
final class Power {
  private Power() {}

  /** {@code a} to the power of {@code b}, modulo 2^256. */
  static void exp(long[] s, int d, int a, int b) {
    long a0 = s[a];
    long a1 = s[a + 1];
    long a2 = s[a + 2];
    long a3 = s[a + 3];
    long r0 = 1;
    long r1 = 0;
    long r2 = 0;
    long r3 = 0;
    for (int i = Words.bitLength(s, b) - 1; i >= 0; i--) {
      long cross1 = r0 * r1;
      long crossHigh1 = Math.unsignedMultiplyHigh(r0, r1);
      long cross2 = r0 * r2;
      long low = cross1 << 1;
      long s1 = Math.unsignedMultiplyHigh(r0, r0) + low;
      long carry = below(s1, low);
      long s2 = (crossHigh1 << 1 | cross1 >>> 63) + carry;
      long s3 = (crossHigh1 >>> 63) + below(s2, carry);
      low = cross2 << 1;
      s2 += low;
      s3 += below(s2, low);
      low = r1 * r1;
      s2 += low;
      s3 += below(s2, low) + Math.unsignedMultiplyHigh(r1, r1);
      s3 += Math.unsignedMultiplyHigh(r0, r2) << 1 | cross2 >>> 63;
      s3 += r0 * r3 + r1 * r2 << 1;
      r0 *= r0;
      r1 = s1;
      r2 = s2;
      r3 = s3;

      if ((s[b + (i >>> 6)] >>> i & 1) != 0) {
        low = r0 * a1;
        long high = Math.unsignedMultiplyHigh(r0, a0);
        long m1 = low + high;
        high = Math.unsignedMultiplyHigh(r0, a1) + below(m1, low);
        low = r0 * a2;
        long m2 = low + high;
        long m3 = r0 * a3 + Math.unsignedMultiplyHigh(r0, a2) + below(m2, low);
        low = r1 * a0;
        m1 += low;
        high = Math.unsignedMultiplyHigh(r1, a0) + below(m1, low);
        low = r1 * a1;
        long sum = low + high;
        m2 += sum;
        m3 += Math.unsignedMultiplyHigh(r1, a1) + below(sum, low) + r1 * a2 + below(m2, sum);
        low = r2 * a0;
        m2 += low;
        m3 += Math.unsignedMultiplyHigh(r2, a0) + below(m2, low) + r2 * a1 + r3 * a0;
        r0 *= a0;
        r1 = m1;
        r2 = m2;
        r3 = m3;
      }
    }
    s[d] = r0;
    s[d + 1] = r1;
    s[d + 2] = r2;
    s[d + 3] = r3;
  }
}
