package io.mooring.evm.pairing;

import org.jspecify.annotations.Nullable;

/**
 * The simplified Shallue-van de Woestijne-Ulas map (RFC 9380 section 6.6.2): a field element to a
 * point of {@code y² = x³ + ax + b}, then by an isogeny to the curve that is meant.
 */
record SimplifiedSwu<F extends Field<F>>(F a, F b, F z, Isogeny<F> isogeny) {
  Point<F> map(F u) {
    F zu2 = z.times(u.squared());
    F tv1 = zu2.squared().plus(zu2).inverse();
    F x =
        tv1.isZero()
            ? b.times(z.times(a).inverse())
            : b.negated().times(a.inverse()).times(tv1.plus(tv1.one()));
    F y = yOf(x);
    if (y == null) {
      x = zu2.times(x);
      y = yOf(x);
    }
    if (y == null) {
      throw new ArithmeticException("one of the two candidates must be on the curve");
    }
    return isogeny.map(x, u.isOdd() == y.isOdd() ? y : y.negated());
  }

  private @Nullable F yOf(F x) {
    return x.squared().plus(a).times(x).plus(b).squareRoot();
  }
}
