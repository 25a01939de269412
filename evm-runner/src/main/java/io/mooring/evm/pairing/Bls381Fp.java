package io.mooring.evm.pairing;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * An integer modulo BLS12-381's 381-bit prime: six limbs in Montgomery form, the least first.
 *
 * <p>The prime leaves three bits free, as {@link Bn254Fp} explains.
 */
final class Bls381Fp implements PrimeField<Bls381Fp> {
  static final BigInteger MODULUS =
      new BigInteger(
          "1a0111ea397fe69a4b1ba7b6434bacd764774b84f38512bf6730d2a0f6b0f6241eabfffeb153ffffb9feffffffffaaab",
          16);

  private static final int LIMBS = 6;
  private static final long[] P = limbs(MODULUS);

  /** The negated inverse of the prime modulo 2^64. */
  private static final long MINUS_INVERSE = 0x89f3fffcfffcfffdL;

  private static final Bls381Fp R_SQUARED =
      new Bls381Fp(limbs(BigInteger.ONE.shiftLeft(2 * 64 * LIMBS).mod(MODULUS)));
  private static final Bls381Fp PLAIN_ONE = new Bls381Fp(limbs(BigInteger.ONE));

  static final Bls381Fp ZERO = new Bls381Fp(new long[LIMBS]);
  static final Bls381Fp ONE = PLAIN_ONE.times(R_SQUARED);

  private final long[] limbs;

  private Bls381Fp(long[] limbs) {
    this.limbs = limbs;
  }

  static Bls381Fp of(long value) {
    return ONE.of(BigInteger.valueOf(value));
  }

  private static long[] limbs(BigInteger value) {
    long[] limbs = new long[LIMBS];
    for (int i = 0; i < LIMBS; i++) {
      limbs[i] = value.shiftRight(64 * i).longValue();
    }
    return limbs;
  }

  @Override
  public BigInteger modulus() {
    return MODULUS;
  }

  @Override
  public Bls381Fp of(BigInteger value) {
    return new Bls381Fp(limbs(value.mod(MODULUS))).times(R_SQUARED);
  }

  @Override
  public BigInteger toBigInteger() {
    return Limbs.toBigInteger(times(PLAIN_ONE).limbs);
  }

  @Override
  public Bls381Fp zero() {
    return ZERO;
  }

  @Override
  public Bls381Fp one() {
    return ONE;
  }

  @Override
  public boolean isZero() {
    return equals(ZERO);
  }

  @Override
  public Bls381Fp plus(Bls381Fp other) {
    return reduced(sum(limbs, other.limbs));
  }

  @Override
  public Bls381Fp minus(Bls381Fp other) {
    long[] difference = difference(limbs, other.limbs);
    return new Bls381Fp(difference[LIMBS - 1] < 0 ? sum(difference, P) : difference);
  }

  @Override
  public Bls381Fp negated() {
    return ZERO.minus(this);
  }

  /** Montgomery's product, one row for each limb of the other factor. */
  @Override
  public Bls381Fp times(Bls381Fp other) {
    long[] x = limbs;
    long[] t = new long[LIMBS];
    for (int row = 0; row < LIMBS; row++) {
      long y = other.limbs[row];
      long low = x[0] * y;
      long sum = t[0] + low;
      long up = Math.unsignedMultiplyHigh(x[0], y) + Limbs.carry(sum, low);
      long m = sum * MINUS_INVERSE;
      // The low word of m·P[0] + sum is zero by the choice of m.
      long down = Math.unsignedMultiplyHigh(m, P[0]) + (sum == 0 ? 0 : 1);
      for (int i = 1; i < LIMBS; i++) {
        low = x[i] * y;
        long high = Math.unsignedMultiplyHigh(x[i], y);
        sum = t[i] + low;
        high += Limbs.carry(sum, low);
        sum += up;
        up = high + Limbs.carry(sum, up);
        low = m * P[i];
        high = Math.unsignedMultiplyHigh(m, P[i]);
        sum += low;
        high += Limbs.carry(sum, low);
        sum += down;
        down = high + Limbs.carry(sum, down);
        t[i - 1] = sum;
      }
      t[LIMBS - 1] = up + down;
    }
    return reduced(t);
  }

  /** ξ = 1 + u. */
  @Override
  public Fp2<Bls381Fp> timesXi(Bls381Fp imaginary) {
    return new Fp2<>(minus(imaginary), plus(imaginary));
  }

  /** Takes the prime away once if that leaves something. */
  private static Bls381Fp reduced(long[] value) {
    long[] difference = difference(value, P);
    return new Bls381Fp(difference[LIMBS - 1] < 0 ? value : difference);
  }

  private static long[] sum(long[] a, long[] b) {
    long[] sum = new long[LIMBS];
    long carry = 0;
    for (int i = 0; i < LIMBS; i++) {
      long partial = a[i] + b[i];
      long next = Limbs.carry(partial, a[i]);
      sum[i] = partial + carry;
      carry = next + Limbs.carry(sum[i], carry);
    }
    return sum;
  }

  /** Negative in the top limb where {@code a < b}, because both are below 2^383. */
  private static long[] difference(long[] a, long[] b) {
    long[] difference = new long[LIMBS];
    long borrow = 0;
    for (int i = 0; i < LIMBS; i++) {
      long partial = a[i] - b[i];
      long next = Limbs.borrow(a[i], b[i]) + Limbs.borrow(partial, borrow);
      difference[i] = partial - borrow;
      borrow = next;
    }
    return difference;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bls381Fp that && Arrays.equals(limbs, that.limbs);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(limbs);
  }

  @Override
  public String toString() {
    return toBigInteger().toString(16);
  }
}
