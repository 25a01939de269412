package io.mooring.evm.pairing;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * A point of {@code y² = x³ + b} in Jacobian coordinates: {@code (x/z², y/z³)}, and the point at
 * infinity where z is zero.
 */
record Point<F extends Field<F>>(F x, F y, F z) {
  private static final int WINDOW_BITS = 5;

  static <F extends Field<F>> Point<F> affine(F x, F y) {
    return new Point<>(x, y, x.one());
  }

  static <F extends Field<F>> Point<F> infinity(F anyElement) {
    return new Point<>(anyElement.one(), anyElement.one(), anyElement.zero());
  }

  boolean isInfinity() {
    return z.isZero();
  }

  /** Whether this point, whose z must be one, is on the curve. */
  boolean isOnCurve(F b) {
    return y.squared().equals(x.squared().times(x).plus(b));
  }

  Point<F> negated() {
    return new Point<>(x, y.negated(), z);
  }

  /** The same point with z = 1; a point at infinity stays as it is. */
  Point<F> normalized() {
    if (isInfinity()) {
      return this;
    }
    F inverse = z.inverse();
    F square = inverse.squared();
    return affine(x.times(square), y.times(square).times(inverse));
  }

  boolean isSameAs(Point<F> other) {
    if (isInfinity() || other.isInfinity()) {
      return isInfinity() && other.isInfinity();
    }
    F zz = z.squared();
    F otherZz = other.z.squared();
    return x.times(otherZz).equals(other.x.times(zz))
        && y.times(otherZz).times(other.z).equals(other.y.times(zz).times(z));
  }

  /** Formula dbl-2009-l. */
  Point<F> doubled() {
    F a = x.squared();
    F b = y.squared();
    F c = b.squared();
    F d = x.plus(b).squared().minus(a).minus(c).doubled();
    F e = a.tripled();
    F x3 = e.squared().minus(d.doubled());
    F y3 = e.times(d.minus(x3)).minus(c.doubled().doubled().doubled());
    return new Point<>(x3, y3, y.times(z).doubled());
  }

  /** Formula add-2007-bl. */
  Point<F> plus(Point<F> other) {
    if (isInfinity()) {
      return other;
    }
    if (other.isInfinity()) {
      return this;
    }
    F z1z1 = z.squared();
    F z2z2 = other.z.squared();
    F u1 = x.times(z2z2);
    F u2 = other.x.times(z1z1);
    F s1 = y.times(other.z).times(z2z2);
    F s2 = other.y.times(z).times(z1z1);
    F h = u2.minus(u1);
    F r = s2.minus(s1).doubled();
    if (h.isZero()) {
      return r.isZero() ? doubled() : infinity(x);
    }
    F i = h.doubled().squared();
    F j = h.times(i);
    F v = u1.times(i);
    F x3 = r.squared().minus(j).minus(v.doubled());
    F y3 = r.times(v.minus(x3)).minus(s1.times(j).doubled());
    F z3 = z.plus(other.z).squared().minus(z1z1).minus(z2z2).times(h);
    return new Point<>(x3, y3, z3);
  }

  /** The sum of {@code scalar} copies, by the signed digits of {@link #signedDigits}. */
  Point<F> times(BigInteger scalar) {
    if (scalar.signum() < 0) {
      return negated().times(scalar.negate());
    }
    List<Point<F>> odds = new ArrayList<>(1 << WINDOW_BITS - 2);
    Point<F> twice = doubled();
    odds.add(this);
    for (int i = 1; i < 1 << WINDOW_BITS - 2; i++) {
      odds.add(odds.get(i - 1).plus(twice));
    }

    byte[] digits = signedDigits(scalar);
    Point<F> sum = infinity(x);
    for (int i = digits.length - 1; i >= 0; i--) {
      sum = sum.doubled();
      if (digits[i] > 0) {
        sum = sum.plus(odds.get(digits[i] >> 1));
      } else if (digits[i] < 0) {
        sum = sum.plus(odds.get(-digits[i] >> 1).negated());
      }
    }
    return sum;
  }

  /** Digits that are zero or odd and below 16 in size, at most one in five of them not zero. */
  private static byte[] signedDigits(BigInteger scalar) {
    byte[] digits = new byte[scalar.bitLength() + 1];
    int window = 1 << WINDOW_BITS;
    BigInteger rest = scalar;
    for (int i = 0; rest.signum() != 0; i++) {
      if (rest.testBit(0)) {
        int digit = rest.intValue() & window - 1;
        digit = digit >= window / 2 ? digit - window : digit;
        digits[i] = (byte) digit;
        rest = rest.subtract(BigInteger.valueOf(digit));
      }
      rest = rest.shiftRight(1);
    }
    return digits;
  }
}
