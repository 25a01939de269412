package io.mooring.evm.pairing;

import java.math.BigInteger;

/**
 * An integer modulo BN254's 254-bit prime: four limbs in Montgomery form, {@code w0} the least.
 *
 * <p>The prime leaves two bits free, so sums of two elements never overflow the limbs and the
 * multiplication needs no fifth word.
 */
record Bn254Fp(long w0, long w1, long w2, long w3) implements PrimeField<Bn254Fp> {
  static final BigInteger MODULUS =
      new BigInteger("30644e72e131a029b85045b68181585d97816a916871ca8d3c208c16d87cfd47", 16);

  private static final long P0 = 0x3c208c16d87cfd47L;
  private static final long P1 = 0x97816a916871ca8dL;
  private static final long P2 = 0xb85045b68181585dL;
  private static final long P3 = 0x30644e72e131a029L;

  /** The negated inverse of the prime modulo 2^64. */
  private static final long MINUS_INVERSE = 0x87d20782e4866389L;

  private static final Bn254Fp R_SQUARED = limbs(BigInteger.ONE.shiftLeft(512).mod(MODULUS));

  static final Bn254Fp ZERO = new Bn254Fp(0, 0, 0, 0);
  static final Bn254Fp ONE = limbs(BigInteger.ONE).times(R_SQUARED);

  static Bn254Fp of(long value) {
    return ONE.of(BigInteger.valueOf(value));
  }

  private static Bn254Fp limbs(BigInteger value) {
    return new Bn254Fp(
        value.longValue(),
        value.shiftRight(64).longValue(),
        value.shiftRight(128).longValue(),
        value.shiftRight(192).longValue());
  }

  @Override
  public BigInteger modulus() {
    return MODULUS;
  }

  @Override
  public Bn254Fp of(BigInteger value) {
    return limbs(value.mod(MODULUS)).times(R_SQUARED);
  }

  @Override
  public BigInteger toBigInteger() {
    Bn254Fp plain = times(new Bn254Fp(1, 0, 0, 0));
    return Limbs.toBigInteger(plain.w0, plain.w1, plain.w2, plain.w3);
  }

  @Override
  public Bn254Fp zero() {
    return ZERO;
  }

  @Override
  public Bn254Fp one() {
    return ONE;
  }

  @Override
  public boolean isZero() {
    return (w0 | w1 | w2 | w3) == 0;
  }

  @Override
  public Bn254Fp plus(Bn254Fp other) {
    long s0 = w0 + other.w0;
    long carry = Limbs.carry(s0, w0);
    long s1 = w1 + other.w1;
    long carry1 = Limbs.carry(s1, w1);
    s1 += carry;
    carry1 += Limbs.carry(s1, carry);
    long s2 = w2 + other.w2;
    long carry2 = Limbs.carry(s2, w2);
    s2 += carry1;
    carry2 += Limbs.carry(s2, carry1);
    return reduced(s0, s1, s2, w3 + other.w3 + carry2);
  }

  /** Takes the prime away once if that leaves something. */
  private static Bn254Fp reduced(long s0, long s1, long s2, long s3) {
    long d0 = s0 - P0;
    long borrow = Limbs.borrow(s0, P0);
    long d1 = s1 - P1;
    long borrow1 = Limbs.borrow(s1, P1) + Limbs.borrow(d1, borrow);
    d1 -= borrow;
    long d2 = s2 - P2;
    long borrow2 = Limbs.borrow(s2, P2) + Limbs.borrow(d2, borrow1);
    d2 -= borrow1;
    long d3 = s3 - P3 - borrow2;
    // Both terms are below 2^63, so the sign of the top limb is the sign of the difference.
    return d3 < 0 ? new Bn254Fp(s0, s1, s2, s3) : new Bn254Fp(d0, d1, d2, d3);
  }

  @Override
  public Bn254Fp minus(Bn254Fp other) {
    long d0 = w0 - other.w0;
    long borrow = Limbs.borrow(w0, other.w0);
    long d1 = w1 - other.w1;
    long borrow1 = Limbs.borrow(w1, other.w1) + Limbs.borrow(d1, borrow);
    d1 -= borrow;
    long d2 = w2 - other.w2;
    long borrow2 = Limbs.borrow(w2, other.w2) + Limbs.borrow(d2, borrow1);
    d2 -= borrow1;
    long d3 = w3 - other.w3 - borrow2;
    if (d3 >= 0) {
      return new Bn254Fp(d0, d1, d2, d3);
    }

    long s0 = d0 + P0;
    long carry = Limbs.carry(s0, P0);
    long s1 = d1 + P1;
    long carry1 = Limbs.carry(s1, P1);
    s1 += carry;
    carry1 += Limbs.carry(s1, carry);
    long s2 = d2 + P2;
    long carry2 = Limbs.carry(s2, P2);
    s2 += carry1;
    carry2 += Limbs.carry(s2, carry1);
    return new Bn254Fp(s0, s1, s2, d3 + P3 + carry2);
  }

  @Override
  public Bn254Fp negated() {
    return ZERO.minus(this);
  }

  /** Montgomery's product, one row for each limb of the other factor. */
  @Override
  public Bn254Fp times(Bn254Fp other) {
    long t0 = 0;
    long t1 = 0;
    long t2 = 0;
    long t3 = 0;
    for (int row = 0; row < 4; row++) {
      long y = row < 2 ? (row == 0 ? other.w0 : other.w1) : (row == 2 ? other.w2 : other.w3);

      long low = w0 * y;
      long sum = t0 + low;
      long up = Math.unsignedMultiplyHigh(w0, y) + Limbs.carry(sum, low);
      long m = sum * MINUS_INVERSE;
      // The low word of m·P0 + sum is zero by the choice of m.
      long down = Math.unsignedMultiplyHigh(m, P0) + (sum == 0 ? 0 : 1);

      low = w1 * y;
      long high = Math.unsignedMultiplyHigh(w1, y);
      sum = t1 + low;
      high += Limbs.carry(sum, low);
      sum += up;
      up = high + Limbs.carry(sum, up);
      low = m * P1;
      high = Math.unsignedMultiplyHigh(m, P1);
      sum += low;
      high += Limbs.carry(sum, low);
      t0 = sum + down;
      down = high + Limbs.carry(t0, down);

      low = w2 * y;
      high = Math.unsignedMultiplyHigh(w2, y);
      sum = t2 + low;
      high += Limbs.carry(sum, low);
      sum += up;
      up = high + Limbs.carry(sum, up);
      low = m * P2;
      high = Math.unsignedMultiplyHigh(m, P2);
      sum += low;
      high += Limbs.carry(sum, low);
      t1 = sum + down;
      down = high + Limbs.carry(t1, down);

      low = w3 * y;
      high = Math.unsignedMultiplyHigh(w3, y);
      sum = t3 + low;
      high += Limbs.carry(sum, low);
      sum += up;
      up = high + Limbs.carry(sum, up);
      low = m * P3;
      high = Math.unsignedMultiplyHigh(m, P3);
      sum += low;
      high += Limbs.carry(sum, low);
      t2 = sum + down;
      t3 = up + high + Limbs.carry(t2, down);
    }
    return reduced(t0, t1, t2, t3);
  }

  /** ξ = 9 + u. */
  @Override
  public Fp2<Bn254Fp> timesXi(Bn254Fp imaginary) {
    Bn254Fp nine = doubled().doubled().doubled().plus(this);
    Bn254Fp imaginaryNine = imaginary.doubled().doubled().doubled().plus(imaginary);
    return new Fp2<>(nine.minus(imaginary), plus(imaginaryNine));
  }
}
