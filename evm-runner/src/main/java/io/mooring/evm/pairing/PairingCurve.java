package io.mooring.evm.pairing;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * A curve over a prime field with a sextic twist over its quadratic extension, and the optimal ate
 * pairing between the two (Aranha and others, "Faster explicit formulas", 2010).
 */
abstract sealed class PairingCurve<F extends PrimeField<F>> permits Bn254Curve, Bls381Curve {
  private final Fp2<F> twistB;
  private final Fp12<F> one;

  /** {@code ξ^(k(p-1)/6)} for k from 0 to 5. */
  private final List<Fp2<F>> gammas;

  PairingCurve(Fp2<F> twistB) {
    this.twistB = twistB;
    this.one = Fp12.one(twistB.real());
    this.gammas = gammas(twistB);
  }

  private static <F extends PrimeField<F>> List<Fp2<F>> gammas(Fp2<F> any) {
    BigInteger sixth = any.real().modulus().subtract(BigInteger.ONE).divide(BigInteger.valueOf(6));
    Fp2<F> first = any.one().timesXi().pow(sixth);
    List<Fp2<F>> gammas = new ArrayList<>();
    Fp2<F> power = any.one();
    for (int k = 0; k < 6; k++) {
      gammas.add(power);
      power = power.times(first);
    }
    return List.copyOf(gammas);
  }

  /** A point of the curve and one of the twist, in their subgroups, neither at infinity. */
  record Pair<F extends PrimeField<F>>(Point<F> g1, Point<Fp2<F>> g2) {
    Pair {
      g1 = g1.normalized();
      g2 = g2.normalized();
    }
  }

  final Fp2<F> twistB() {
    return twistB;
  }

  final Fp2<F> gamma(int k) {
    return gammas.get(k);
  }

  final Fp12<F> frobenius(Fp12<F> f) {
    return f.frobenius(gammas);
  }

  /** The digits of the loop, each -1, 0 or 1, the top one first and left out. */
  abstract byte[] loopDigits();

  /** Multiplies in a line, whose three coefficients stand where this kind of twist puts them. */
  abstract Fp12<F> timesLine(Fp12<F> f, Fp2<F> constant, Fp2<F> x, Fp2<F> y);

  /** What the family of curves adds after the loop. */
  abstract Fp12<F> afterLoop(Fp12<F> f, List<Accumulator> accumulators);

  /** The hard part of the final exponentiation, on the cyclotomic subgroup. */
  abstract Fp12<F> hardPart(Fp12<F> f);

  /** The image of a point of the twist under the p-power endomorphism, by its two factors. */
  static <F extends PrimeField<F>> Point<Fp2<F>> psi(
      Point<Fp2<F>> point, Fp2<F> xFactor, Fp2<F> yFactor) {
    return new Point<>(
        point.x().conjugated().times(xFactor),
        point.y().conjugated().times(yFactor),
        point.z().conjugated());
  }

  /** Signed binary digits with no two neighbours set, the top one, which is one, left out. */
  static byte[] nonAdjacentDigits(BigInteger value) {
    BigInteger triple = value.shiftLeft(1).add(value);
    int top = triple.bitLength() - 2;
    byte[] digits = new byte[top];
    for (int i = 0; i < top; i++) {
      int bit = top - i;
      digits[i] = (byte) ((triple.testBit(bit) ? 1 : 0) - (value.testBit(bit) ? 1 : 0));
    }
    return digits;
  }

  /** Whether the product of the pairings is one. */
  final boolean isProductOne(List<Pair<F>> pairs) {
    List<Accumulator> accumulators = pairs.stream().map(Accumulator::new).toList();
    Fp12<F> f = one;
    for (byte digit : loopDigits()) {
      f = f.squared();
      for (Accumulator accumulator : accumulators) {
        f = accumulator.doubled(f);
        if (digit != 0) {
          f = accumulator.plus(f, digit > 0 ? accumulator.q : accumulator.q.negated());
        }
      }
    }
    f = afterLoop(f, accumulators);

    Fp12<F> unitary = f.conjugated().times(f.inverse());
    Fp12<F> cyclotomic = frobenius(frobenius(unitary)).times(unitary);
    return hardPart(cyclotomic).isOne();
  }

  /** The running multiple of a pair's twist point, in homogeneous coordinates. */
  final class Accumulator {
    final Point<Fp2<F>> q;
    private final F px;
    private final F py;
    private Fp2<F> x;
    private Fp2<F> y;
    private Fp2<F> z;

    private Accumulator(Pair<F> pair) {
      q = pair.g2();
      px = pair.g1().x();
      py = pair.g1().y();
      x = q.x();
      y = q.y();
      z = q.z();
    }

    /** Doubles the point and multiplies the tangent into {@code f}. */
    private Fp12<F> doubled(Fp12<F> f) {
      Fp2<F> xy = x.times(y);
      Fp2<F> yy = y.squared();
      Fp2<F> zz = z.squared();
      Fp2<F> e = twistB.times(zz.tripled());
      Fp2<F> e3 = e.tripled();
      Fp2<F> yz2 = y.plus(z).squared().minus(yy).minus(zz);
      Fp2<F> xx3 = x.squared().tripled();

      x = xy.times(yy.minus(e3)).doubled();
      y = yy.plus(e3).squared().minus(e.squared().tripled().doubled().doubled());
      z = yy.times(yz2).doubled().doubled();
      return timesLine(f, e.minus(yy), xx3.times(px), yz2.negated().times(py));
    }

    /** Adds an affine point and multiplies the line through both into {@code f}. */
    Fp12<F> plus(Fp12<F> f, Point<Fp2<F>> other) {
      Fp2<F> theta = y.minus(other.y().times(z));
      Fp2<F> lambda = x.minus(other.x().times(z));
      Fp2<F> d = lambda.squared();
      Fp2<F> e = lambda.times(d);
      Fp2<F> g = x.times(d);
      Fp2<F> h = e.plus(z.times(theta.squared())).minus(g.doubled());

      x = lambda.times(h);
      y = theta.times(g.minus(h)).minus(e.times(y));
      z = z.times(e);
      Fp2<F> constant = theta.times(other.x()).minus(lambda.times(other.y()));
      return timesLine(f, constant, theta.negated().times(px), lambda.times(py));
    }
  }
}
