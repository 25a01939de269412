package io.mooring.evm.pairing;

import java.util.List;

/** A rational map between curves: two fractions of polynomials, the constant terms first. */
record Isogeny<F extends Field<F>>(
    List<F> xNumerator, List<F> xDenominator, List<F> yNumerator, List<F> yDenominator) {
  /** The image of an affine point; infinity where a denominator is zero. */
  Point<F> map(F x, F y) {
    F xBottom = evaluate(xDenominator, x);
    F yBottom = evaluate(yDenominator, x);
    if (xBottom.isZero() || yBottom.isZero()) {
      return Point.infinity(x);
    }
    F inverse = xBottom.times(yBottom).inverse();
    return Point.affine(
        evaluate(xNumerator, x).times(inverse).times(yBottom),
        y.times(evaluate(yNumerator, x)).times(inverse).times(xBottom));
  }

  private static <F extends Field<F>> F evaluate(List<F> coefficients, F at) {
    F value = coefficients.getLast();
    for (int i = coefficients.size() - 2; i >= 0; i--) {
      value = value.times(at).plus(coefficients.get(i));
    }
    return value;
  }
}
