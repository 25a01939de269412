package io.mooring.evm.pairing;

import java.math.BigInteger;
import java.util.List;

/** BLS12-381: {@code y² = x³ + 4}, and its twist {@code y² = x³ + 4ξ}. */
final class Bls381Curve extends PairingCurve<Bls381Fp> {
  static final BigInteger ORDER =
      new BigInteger("73eda753299d7d483339d80809a1d80553bda402fffe5bfeffffffff00000001", 16);
  static final Bls381Fp B = Bls381Fp.of(4);
  static final Bls381Curve CURVE = new Bls381Curve();

  /** The parameter that the family of Barreto, Lynn and Scott calls x is this, negated. */
  private static final long MINUS_X = 0xd201000000010000L;

  private static final BigInteger ABSOLUTE_X = new BigInteger(Long.toUnsignedString(MINUS_X));
  private static final byte[] LOOP_DIGITS = nonAdjacentDigits(ABSOLUTE_X);

  private final Fp2<Bls381Fp> psiX = gamma(2).inverse();
  private final Fp2<Bls381Fp> psiY = gamma(3).inverse();

  private Bls381Curve() {
    super(Fp2.of(B).timesXi());
  }

  boolean isInG1(Point<Bls381Fp> point) {
    return point.times(ORDER).isInfinity();
  }

  /** As {@link Bn254Curve#isInSubgroup} explains, with t - 1 = x. */
  boolean isInG2(Point<Fp2<Bls381Fp>> point) {
    return psi(point).isSameAs(timesX(point));
  }

  /** RFC 9380 section 8.8.1: multiplies by 1 - x. */
  Point<Bls381Fp> clearG1Cofactor(Point<Bls381Fp> point) {
    return point.times(ABSOLUTE_X.add(BigInteger.ONE));
  }

  /** RFC 9380 appendix G.3: {@code [x² - x - 1]P + [x - 1]ψ(P) + ψ²(2P)}. */
  Point<Fp2<Bls381Fp>> clearG2Cofactor(Point<Fp2<Bls381Fp>> point) {
    Point<Fp2<Bls381Fp>> x = timesX(point);
    Point<Fp2<Bls381Fp>> image = psi(point);
    return timesX(x.plus(image))
        .plus(x.plus(image).plus(point).negated())
        .plus(psi(psi(point.doubled())));
  }

  private static Point<Fp2<Bls381Fp>> timesX(Point<Fp2<Bls381Fp>> point) {
    return point.times(ABSOLUTE_X).negated();
  }

  private Point<Fp2<Bls381Fp>> psi(Point<Fp2<Bls381Fp>> point) {
    return psi(point, psiX, psiY);
  }

  @Override
  byte[] loopDigits() {
    return LOOP_DIGITS;
  }

  @Override
  Fp12<Bls381Fp> timesLine(
      Fp12<Bls381Fp> f, Fp2<Bls381Fp> constant, Fp2<Bls381Fp> x, Fp2<Bls381Fp> y) {
    return f.timesSparse014(constant, x, y);
  }

  /** The loop ran over the size of x, which is negative. */
  @Override
  Fp12<Bls381Fp> afterLoop(Fp12<Bls381Fp> f, List<Accumulator> accumulators) {
    return f.conjugated();
  }

  /** Three times the exponent: {@code (x - 1)²(x + p)(x² + p² - 1) + 3}. */
  @Override
  Fp12<Bls381Fp> hardPart(Fp12<Bls381Fp> f) {
    Fp12<Bls381Fp> once = powerX(f).times(f.conjugated());
    Fp12<Bls381Fp> twice = powerX(once).times(once.conjugated());
    Fp12<Bls381Fp> sum = powerX(twice).times(frobenius(twice));
    Fp12<Bls381Fp> product =
        powerX(powerX(sum)).times(frobenius(frobenius(sum))).times(sum.conjugated());
    return product.times(f.cyclotomicSquared()).times(f);
  }

  private static Fp12<Bls381Fp> powerX(Fp12<Bls381Fp> f) {
    return f.cyclotomicPower(MINUS_X).conjugated();
  }
}
