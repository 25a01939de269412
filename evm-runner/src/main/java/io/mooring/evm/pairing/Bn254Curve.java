package io.mooring.evm.pairing;

import java.math.BigInteger;
import java.util.List;

/** BN254: {@code y² = x³ + 3}, and its twist {@code y² = x³ + 3/ξ}. */
final class Bn254Curve extends PairingCurve<Bn254Fp> {
  static final BigInteger ORDER =
      new BigInteger("30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000001", 16);
  static final Bn254Fp B = Bn254Fp.of(3);
  static final Bn254Curve CURVE = new Bn254Curve();

  /** The parameter that the family of Barreto and Naehrig calls x or t. */
  private static final long X = 4965661367192848881L;

  private static final BigInteger SIX_X_SQUARED =
      BigInteger.valueOf(X).pow(2).multiply(BigInteger.valueOf(6));
  private static final byte[] LOOP_DIGITS =
      nonAdjacentDigits(BigInteger.valueOf(X).multiply(BigInteger.valueOf(6)).add(BigInteger.TWO));

  private Bn254Curve() {
    super(Fp2.of(B).times(Fp2.of(Bn254Fp.ONE).timesXi().inverse()));
  }

  /**
   * Whether a point of the twist is in the subgroup of the curve's order.
   *
   * <p>ψ² - tψ + p = 0 on the twist, so ψ = t - 1 = 6x² at a point means that p + 1 - t, the order,
   * takes the point to infinity.
   */
  boolean isInSubgroup(Point<Fp2<Bn254Fp>> point) {
    return psi(point).isSameAs(point.times(SIX_X_SQUARED));
  }

  private Point<Fp2<Bn254Fp>> psi(Point<Fp2<Bn254Fp>> point) {
    return psi(point, gamma(2), gamma(3));
  }

  @Override
  byte[] loopDigits() {
    return LOOP_DIGITS;
  }

  @Override
  Fp12<Bn254Fp> timesLine(Fp12<Bn254Fp> f, Fp2<Bn254Fp> constant, Fp2<Bn254Fp> x, Fp2<Bn254Fp> y) {
    return f.timesSparse034(y, x, constant);
  }

  @Override
  Fp12<Bn254Fp> afterLoop(Fp12<Bn254Fp> f, List<Accumulator> accumulators) {
    for (Accumulator accumulator : accumulators) {
      Point<Fp2<Bn254Fp>> first = psi(accumulator.q);
      f = accumulator.plus(f, first);
      f = accumulator.plus(f, psi(first).negated());
    }
    return f;
  }

  /**
   * Fuentes-Castañeda and others, "Faster hashing to G2", section 5: a multiple of the exponent.
   */
  @Override
  Fp12<Bn254Fp> hardPart(Fp12<Bn254Fp> f) {
    Fp12<Bn254Fp> x2 = f.cyclotomicPower(X).cyclotomicSquared();
    Fp12<Bn254Fp> x6 = x2.cyclotomicSquared().times(x2);
    Fp12<Bn254Fp> xx6 = x6.cyclotomicPower(X);
    Fp12<Bn254Fp> xxx12 = xx6.cyclotomicSquared().cyclotomicPower(X);
    Fp12<Bn254Fp> a = xxx12.times(xx6).times(x6); // f^(12x³ + 6x² + 6x)
    Fp12<Bn254Fp> b = a.times(x2.conjugated()); // f^(12x³ + 6x² + 4x)

    Fp12<Bn254Fp> result = a.times(xx6).times(f);
    result = result.times(frobenius(b));
    result = result.times(frobenius(frobenius(a)));
    return result.times(frobenius(frobenius(frobenius(b.times(f.conjugated())))));
  }
}
