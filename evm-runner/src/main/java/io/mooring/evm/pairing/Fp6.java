package io.mooring.evm.pairing;

/** {@code c0 + c1·v + c2·v²}, where v³ = ξ. */
record Fp6<F extends PrimeField<F>>(Fp2<F> c0, Fp2<F> c1, Fp2<F> c2) {
  Fp6<F> plus(Fp6<F> other) {
    return new Fp6<>(c0.plus(other.c0), c1.plus(other.c1), c2.plus(other.c2));
  }

  Fp6<F> minus(Fp6<F> other) {
    return new Fp6<>(c0.minus(other.c0), c1.minus(other.c1), c2.minus(other.c2));
  }

  Fp6<F> negated() {
    return new Fp6<>(c0.negated(), c1.negated(), c2.negated());
  }

  Fp6<F> times(Fp6<F> other) {
    Fp2<F> t0 = c0.times(other.c0);
    Fp2<F> t1 = c1.times(other.c1);
    Fp2<F> t2 = c2.times(other.c2);
    Fp2<F> t12 = c1.plus(c2).times(other.c1.plus(other.c2)).minus(t1).minus(t2);
    Fp2<F> t01 = c0.plus(c1).times(other.c0.plus(other.c1)).minus(t0).minus(t1);
    Fp2<F> t02 = c0.plus(c2).times(other.c0.plus(other.c2)).minus(t0).minus(t2);
    return new Fp6<>(t12.timesXi().plus(t0), t2.timesXi().plus(t01), t02.plus(t1));
  }

  Fp6<F> times(Fp2<F> scalar) {
    return new Fp6<>(c0.times(scalar), c1.times(scalar), c2.times(scalar));
  }

  /** The product with {@code b0 + b1·v}. */
  Fp6<F> times(Fp2<F> b0, Fp2<F> b1) {
    Fp2<F> t0 = c0.times(b0);
    Fp2<F> t1 = c1.times(b1);
    Fp2<F> t12 = c1.plus(c2).times(b1).minus(t1);
    Fp2<F> t01 = b0.plus(b1).times(c0.plus(c1)).minus(t0).minus(t1);
    Fp2<F> t02 = c0.plus(c2).times(b0).minus(t0);
    return new Fp6<>(t12.timesXi().plus(t0), t01, t02.plus(t1));
  }

  /** The product with {@code b1·v}. */
  Fp6<F> timesV(Fp2<F> b1) {
    return new Fp6<>(c2.times(b1).timesXi(), c0.times(b1), c1.times(b1));
  }

  Fp6<F> timesV() {
    return new Fp6<>(c2.timesXi(), c0, c1);
  }

  Fp6<F> inverse() {
    Fp2<F> t0 = c0.squared().minus(c1.times(c2).timesXi());
    Fp2<F> t1 = c2.squared().timesXi().minus(c0.times(c1));
    Fp2<F> t2 = c1.squared().minus(c0.times(c2));
    Fp2<F> norm = c2.times(t1).plus(c1.times(t2)).timesXi().plus(c0.times(t0));
    return new Fp6<>(t0, t1, t2).times(norm.inverse());
  }
}
