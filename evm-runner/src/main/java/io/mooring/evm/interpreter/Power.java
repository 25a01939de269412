package io.mooring.evm.interpreter;

import static io.mooring.evm.interpreter.Words.below;

/**
 * EXP: multiply and square, from the exponent's lowest bit up, and only as far as it has to go.
 *
 * <p>Modulo 2^256 the squares of a number soon have a simple form. Those of an even number are zero
 * after eight steps. Those of an odd one come to 1: {@code x^(2^n) = 1 + u} with {@code u} a
 * multiple of 2^(n+2), so from n = 127 on {@code u * u} is nothing, {@code (1 + u)^j = 1 + j * u},
 * and what the exponent has above its lowest 127 bits takes one multiplication.
 *
 * <p>The running product and square stay in local variables; through {@link Words} they would go to
 * memory and back for each step, which took twice as long.
 */
final class Power {
  /** From so many squarings on, an odd number's square is one and a multiple of 2^129. */
  private static final int SQUARINGS_MAX = 127;

  /** An even number to the power of 256, or of more, is a multiple of 2^256. */
  private static final int EVEN_EXPONENT_BITS_MAX = 8;

  private Power() {}

  /** {@code a} to the power of {@code b}, modulo 2^256. */
  static void exp(long[] s, int d, int a, int b) {
    int bits = Words.bitLength(s, b);
    if ((s[a] & 1) == 0 && bits > EVEN_EXPONENT_BITS_MAX) {
      Words.set(s, d, 0);
      return;
    }
    long a0 = s[a];
    long a1 = s[a + 1];
    long a2 = s[a + 2];
    long a3 = s[a + 3];
    long r0 = 1;
    long r1 = 0;
    long r2 = 0;
    long r3 = 0;
    int steps = Math.min(bits, SQUARINGS_MAX);
    for (int i = 0; i < steps; i++) {
      if ((s[b + (i >>> 6)] >>> i & 1) != 0) {
        long low = r0 * a1;
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

      long cross1 = a0 * a1;
      long crossHigh1 = Math.unsignedMultiplyHigh(a0, a1);
      long cross2 = a0 * a2;
      long low = cross1 << 1;
      long s1 = Math.unsignedMultiplyHigh(a0, a0) + low;
      long carry = below(s1, low);
      long s2 = (crossHigh1 << 1 | cross1 >>> 63) + carry;
      long s3 = (crossHigh1 >>> 63) + below(s2, carry);
      low = cross2 << 1;
      s2 += low;
      s3 += below(s2, low);
      low = a1 * a1;
      s2 += low;
      s3 += below(s2, low) + Math.unsignedMultiplyHigh(a1, a1);
      s3 += Math.unsignedMultiplyHigh(a0, a2) << 1 | cross2 >>> 63;
      s3 += a0 * a3 + a1 * a2 << 1;
      a0 *= a0;
      a1 = s1;
      a2 = s2;
      a3 = s3;
    }
    if (bits > steps) { // what is left of the exponent, times u: only its two upper limbs are set
      long j0 = s[b + 1] >>> 63 | s[b + 2] << 1;
      long j1 = s[b + 2] >>> 63 | s[b + 3] << 1;
      long u2 = j0 * a2;
      long u3 = Math.unsignedMultiplyHigh(j0, a2) + j0 * a3 + j1 * a2;
      long low = r0 * u2;
      r2 += low;
      r3 += Math.unsignedMultiplyHigh(r0, u2) + below(r2, low) + r0 * u3 + r1 * u2;
    }
    s[d] = r0;
    s[d + 1] = r1;
    s[d + 2] = r2;
    s[d + 3] = r3;
  }
}
