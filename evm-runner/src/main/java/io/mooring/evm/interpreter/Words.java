package io.mooring.evm.interpreter;

/**
 * 256-bit arithmetic on words of a {@code long[]}, each four limbs, the least significant first.
 *
 * <p>{@code d} is where the result goes, {@code a} and {@code b} where the operands are; all
 * operands are read before the result is written, so they may be the same.
 */
final class Words {
  static final int LIMBS = 4;

  private Words() {}

  static void set(long[] s, int d, long value) {
    s[d] = value;
    s[d + 1] = 0;
    s[d + 2] = 0;
    s[d + 3] = 0;
  }

  static void set(long[] s, int d, boolean value) {
    set(s, d, value ? 1 : 0);
  }

  static void copy(long[] s, int d, int a) {
    long a0 = s[a];
    long a1 = s[a + 1];
    long a2 = s[a + 2];
    long a3 = s[a + 3];
    s[d] = a0;
    s[d + 1] = a1;
    s[d + 2] = a2;
    s[d + 3] = a3;
  }

  static boolean isZero(long[] s, int a) {
    return (s[a] | s[a + 1] | s[a + 2] | s[a + 3]) == 0;
  }

  /** Whether the word is an int that is not negative, so that its lowest limb is all of it. */
  static boolean fitsInt(long[] s, int a) {
    return (s[a] >>> 31 | s[a + 1] | s[a + 2] | s[a + 3]) == 0;
  }

  /** The word, or {@link Long#MAX_VALUE} where it is larger. */
  static long saturated(long[] s, int a) {
    return (s[a + 1] | s[a + 2] | s[a + 3]) == 0 && s[a] >= 0 ? s[a] : Long.MAX_VALUE;
  }

  static void add(long[] s, int d, int a, int b) {
    long a0 = s[a];
    long b0 = s[b];
    long a1 = s[a + 1];
    long b1 = s[b + 1];
    long a2 = s[a + 2];
    long b2 = s[b + 2];
    long a3 = s[a + 3];
    long b3 = s[b + 3];
    long s0 = a0 + b0;
    long s1 = a1 + b1 + carry(a0, b0, s0);
    long s2 = a2 + b2 + carry(a1, b1, s1);
    s[d] = s0;
    s[d + 1] = s1;
    s[d + 2] = s2;
    s[d + 3] = a3 + b3 + carry(a2, b2, s2);
  }

  /** Adds an unsigned 64-bit number. */
  static void addLong(long[] s, int d, int a, long k) {
    long a0 = s[a];
    long a1 = s[a + 1];
    long a2 = s[a + 2];
    long a3 = s[a + 3];
    long s0 = a0 + k;
    if (Long.compareUnsigned(s0, k) < 0 && ++a1 == 0 && ++a2 == 0) {
      a3++;
    }
    s[d] = s0;
    s[d + 1] = a1;
    s[d + 2] = a2;
    s[d + 3] = a3;
  }

  static void sub(long[] s, int d, int a, int b) {
    long a0 = s[a];
    long b0 = s[b];
    long a1 = s[a + 1];
    long b1 = s[b + 1];
    long a2 = s[a + 2];
    long b2 = s[b + 2];
    long a3 = s[a + 3];
    long b3 = s[b + 3];
    long s0 = a0 - b0;
    long s1 = a1 - b1 - borrow(a0, b0, s0);
    long s2 = a2 - b2 - borrow(a1, b1, s1);
    s[d] = s0;
    s[d + 1] = s1;
    s[d + 2] = s2;
    s[d + 3] = a3 - b3 - borrow(a2, b2, s2);
  }

  /** Subtracts an unsigned 64-bit number. */
  static void subLong(long[] s, int d, int a, long k) {
    long a0 = s[a];
    long a1 = s[a + 1];
    long a2 = s[a + 2];
    long a3 = s[a + 3];
    if (Long.compareUnsigned(a0, k) < 0 && a1-- == 0 && a2-- == 0) {
      a3--;
    }
    s[d] = a0 - k;
    s[d + 1] = a1;
    s[d + 2] = a2;
    s[d + 3] = a3;
  }

  /** What adding {@code a} and {@code b} (and a carry, maybe) to {@code sum} carries over. */
  static long carry(long a, long b, long sum) {
    return ((a & b) | ((a | b) & ~sum)) >>> 63;
  }

  static long borrow(long a, long b, long difference) {
    return ((~a & b) | ((~a | b) & difference)) >>> 63;
  }

  static void mul(long[] s, int d, int a, int b) {
    long a0 = s[a];
    long a1 = s[a + 1];
    long a2 = s[a + 2];
    long a3 = s[a + 3];
    long b0 = s[b];
    long b1 = s[b + 1];
    long b2 = s[b + 2];
    long b3 = s[b + 3];

    long r0 = a0 * b0;
    long high = Math.unsignedMultiplyHigh(a0, b0);
    if ((a1 | a2 | a3 | b1 | b2 | b3) == 0) {
      s[d] = r0;
      s[d + 1] = high;
      s[d + 2] = 0;
      s[d + 3] = 0;
      return;
    }
    // Row by row: b times a0, then a1, a2 and a3, as far as the result reaches.
    long low = a0 * b1;
    long r1 = low + high;
    high = Math.unsignedMultiplyHigh(a0, b1) + below(r1, low);
    low = a0 * b2;
    long r2 = low + high;
    high = Math.unsignedMultiplyHigh(a0, b2) + below(r2, low);
    long r3 = a0 * b3 + high;

    low = a1 * b0;
    r1 += low;
    high = Math.unsignedMultiplyHigh(a1, b0) + below(r1, low);
    low = a1 * b1;
    long sum = low + high;
    high = Math.unsignedMultiplyHigh(a1, b1) + below(sum, low);
    r2 += sum;
    r3 += a1 * b2 + high + below(r2, sum);

    low = a2 * b0;
    r2 += low;
    r3 += Math.unsignedMultiplyHigh(a2, b0) + below(r2, low) + a2 * b1 + a3 * b0;
    s[d] = r0;
    s[d + 1] = r1;
    s[d + 2] = r2;
    s[d + 3] = r3;
  }

  /**
   * 1 where {@code x} is below {@code y}, else 0: the carry of an addition, asked with the sum and
   * an addend, or the borrow of {@code x - y}.
   */
  static long below(long x, long y) {
    return Long.compareUnsigned(x, y) < 0 ? 1 : 0;
  }

  /** Multiplies by an unsigned 64-bit number. */
  static void mulLong(long[] s, int d, int a, long k) {
    long a0 = s[a];
    long a1 = s[a + 1];
    long a2 = s[a + 2];
    long a3 = s[a + 3];
    long high = Math.unsignedMultiplyHigh(a0, k);
    long low = a1 * k;
    long r1 = low + high;
    high = Math.unsignedMultiplyHigh(a1, k) + below(r1, low);
    low = a2 * k;
    long r2 = low + high;
    high = Math.unsignedMultiplyHigh(a2, k) + below(r2, low);
    s[d] = a0 * k;
    s[d + 1] = r1;
    s[d + 2] = r2;
    s[d + 3] = a3 * k + high;
  }

  static boolean less(long[] s, int a, int b) {
    if (s[a + 3] != s[b + 3]) {
      return Long.compareUnsigned(s[a + 3], s[b + 3]) < 0;
    }
    if (s[a + 2] != s[b + 2]) {
      return Long.compareUnsigned(s[a + 2], s[b + 2]) < 0;
    }
    if (s[a + 1] != s[b + 1]) {
      return Long.compareUnsigned(s[a + 1], s[b + 1]) < 0;
    }
    return Long.compareUnsigned(s[a], s[b]) < 0;
  }

  static boolean lessSigned(long[] s, int a, int b) {
    if (s[a + 3] != s[b + 3]) {
      return s[a + 3] < s[b + 3];
    }
    if (s[a + 2] != s[b + 2]) {
      return Long.compareUnsigned(s[a + 2], s[b + 2]) < 0;
    }
    if (s[a + 1] != s[b + 1]) {
      return Long.compareUnsigned(s[a + 1], s[b + 1]) < 0;
    }
    return Long.compareUnsigned(s[a], s[b]) < 0;
  }

  /** Whether the word is less than an unsigned 64-bit number. */
  static boolean lessLong(long[] s, int a, long k) {
    return (s[a + 1] | s[a + 2] | s[a + 3]) == 0 && Long.compareUnsigned(s[a], k) < 0;
  }

  static boolean greaterLong(long[] s, int a, long k) {
    return (s[a + 1] | s[a + 2] | s[a + 3]) != 0 || Long.compareUnsigned(s[a], k) > 0;
  }

  /** Signed comparison with a number below 2^63. */
  static boolean lessSignedLong(long[] s, int a, long k) {
    return s[a + 3] < 0 || lessLong(s, a, k);
  }

  static boolean greaterSignedLong(long[] s, int a, long k) {
    return s[a + 3] >= 0 && greaterLong(s, a, k);
  }

  static boolean equal(long[] s, int a, int b) {
    return ((s[a] ^ s[b]) | (s[a + 1] ^ s[b + 1]) | (s[a + 2] ^ s[b + 2]) | (s[a + 3] ^ s[b + 3]))
        == 0;
  }

  static boolean equalLong(long[] s, int a, long k) {
    return ((s[a] ^ k) | s[a + 1] | s[a + 2] | s[a + 3]) == 0;
  }

  static void and(long[] s, int d, int a, int b) {
    s[d] = s[a] & s[b];
    s[d + 1] = s[a + 1] & s[b + 1];
    s[d + 2] = s[a + 2] & s[b + 2];
    s[d + 3] = s[a + 3] & s[b + 3];
  }

  static void or(long[] s, int d, int a, int b) {
    s[d] = s[a] | s[b];
    s[d + 1] = s[a + 1] | s[b + 1];
    s[d + 2] = s[a + 2] | s[b + 2];
    s[d + 3] = s[a + 3] | s[b + 3];
  }

  static void xor(long[] s, int d, int a, int b) {
    s[d] = s[a] ^ s[b];
    s[d + 1] = s[a + 1] ^ s[b + 1];
    s[d + 2] = s[a + 2] ^ s[b + 2];
    s[d + 3] = s[a + 3] ^ s[b + 3];
  }

  static void not(long[] s, int d, int a) {
    s[d] = ~s[a];
    s[d + 1] = ~s[a + 1];
    s[d + 2] = ~s[a + 2];
    s[d + 3] = ~s[a + 3];
  }

  /** The byte of {@code b} at the index in {@code a}, counted from the most significant. */
  static void byteAt(long[] s, int d, int a, int b) {
    long result = 0;
    if (lessLong(s, a, 32)) {
      int index = 31 - (int) s[a];
      result = s[b + (index >>> 3)] >>> 8 * (index & 7) & 0xff;
    }
    set(s, d, result);
  }

  /** SIGNEXTEND: the number in the lowest {@code a + 1} bytes of {@code b}, with its sign. */
  static void signExtend(long[] s, int d, int a, int b) {
    if (!lessLong(s, a, 31)) {
      copy(s, d, b);
      return;
    }
    int index = (int) s[a];
    int limb = index >>> 3;
    int unused = 56 - 8 * (index & 7);
    long top = s[b + limb] << unused >> unused;
    long sign = top >> 63;
    long b0 = s[b];
    long b1 = s[b + 1];
    long b2 = s[b + 2];
    s[d] = limb == 0 ? top : b0;
    s[d + 1] = limb == 1 ? top : limb < 1 ? sign : b1;
    s[d + 2] = limb == 2 ? top : limb < 2 ? sign : b2;
    s[d + 3] = limb == 3 ? top : sign;
  }

  /** The shift in the word at {@code a}, or 256 where it is that or more. */
  static int shift(long[] s, int a) {
    return lessLong(s, a, 256) ? (int) s[a] : 256;
  }

  static void shl(long[] s, int d, int b, int shift) {
    if (shift >= 256) {
      set(s, d, 0);
      return;
    }
    long b0 = s[b];
    long b1 = s[b + 1];
    long b2 = s[b + 2];
    long b3 = s[b + 3];
    int bits = shift & 63;
    if (bits != 0) {
      b3 = b3 << bits | b2 >>> -bits;
      b2 = b2 << bits | b1 >>> -bits;
      b1 = b1 << bits | b0 >>> -bits;
      b0 <<= bits;
    }
    int limbs = shift >>> 6;
    s[d] = limbs == 0 ? b0 : 0;
    s[d + 1] = limbs == 0 ? b1 : limbs == 1 ? b0 : 0;
    s[d + 2] = limbs == 0 ? b2 : limbs == 1 ? b1 : limbs == 2 ? b0 : 0;
    s[d + 3] = limbs == 0 ? b3 : limbs == 1 ? b2 : limbs == 2 ? b1 : b0;
  }

  static void shr(long[] s, int d, int b, int shift) {
    shiftRight(s, d, b, shift, 0);
  }

  static void sar(long[] s, int d, int b, int shift) {
    shiftRight(s, d, b, shift, s[b + 3] >> 63);
  }

  private static void shiftRight(long[] s, int d, int b, int shift, long fill) {
    if (shift >= 256) {
      s[d] = fill;
      s[d + 1] = fill;
      s[d + 2] = fill;
      s[d + 3] = fill;
      return;
    }
    long b0 = s[b];
    long b1 = s[b + 1];
    long b2 = s[b + 2];
    long b3 = s[b + 3];
    int bits = shift & 63;
    if (bits != 0) {
      b0 = b0 >>> bits | b1 << -bits;
      b1 = b1 >>> bits | b2 << -bits;
      b2 = b2 >>> bits | b3 << -bits;
      b3 = b3 >>> bits | fill << -bits;
    }
    int limbs = shift >>> 6;
    s[d] = limbs == 0 ? b0 : limbs == 1 ? b1 : limbs == 2 ? b2 : b3;
    s[d + 1] = limbs == 0 ? b1 : limbs == 1 ? b2 : limbs == 2 ? b3 : fill;
    s[d + 2] = limbs == 0 ? b2 : limbs == 1 ? b3 : fill;
    s[d + 3] = limbs == 0 ? b3 : fill;
  }

  static int leadingZeros(long[] s, int a) {
    if (s[a + 3] != 0) {
      return Long.numberOfLeadingZeros(s[a + 3]);
    }
    if (s[a + 2] != 0) {
      return 64 + Long.numberOfLeadingZeros(s[a + 2]);
    }
    if (s[a + 1] != 0) {
      return 128 + Long.numberOfLeadingZeros(s[a + 1]);
    }
    return 192 + Long.numberOfLeadingZeros(s[a]);
  }

  static int bitLength(long[] s, int a) {
    return 256 - leadingZeros(s, a);
  }

  static int byteLength(long[] s, int a) {
    return (bitLength(s, a) + 7) / 8;
  }

  static void negate(long[] s, int d, int a) {
    long s0 = -s[a];
    long borrow = s[a] == 0 ? 0 : 1;
    long s1 = -s[a + 1] - borrow;
    borrow = s[a + 1] == 0 && borrow == 0 ? 0 : 1;
    long s2 = -s[a + 2] - borrow;
    borrow = s[a + 2] == 0 && borrow == 0 ? 0 : 1;
    s[d + 3] = -s[a + 3] - borrow;
    s[d] = s0;
    s[d + 1] = s1;
    s[d + 2] = s2;
  }
}
