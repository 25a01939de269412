package io.mooring.evm.pairing;

import java.util.List;

/** {@code c0 + c1·w}, where w² = v: what a pairing's value is. */
record Fp12<F extends PrimeField<F>>(Fp6<F> c0, Fp6<F> c1) {
  static <F extends PrimeField<F>> Fp12<F> one(F of) {
    Fp2<F> one = Fp2.of(of.one());
    Fp2<F> zero = one.zero();
    return new Fp12<>(new Fp6<>(one, zero, zero), new Fp6<>(zero, zero, zero));
  }

  boolean isOne() {
    return equals(one(c0.c0().real()));
  }

  Fp12<F> times(Fp12<F> other) {
    Fp6<F> t0 = c0.times(other.c0);
    Fp6<F> t1 = c1.times(other.c1);
    Fp6<F> cross = c0.plus(c1).times(other.c0.plus(other.c1)).minus(t0).minus(t1);
    return new Fp12<>(t0.plus(t1.timesV()), cross);
  }

  Fp12<F> squared() {
    Fp6<F> product = c0.times(c1);
    Fp6<F> t = c0.plus(c1).times(c0.plus(c1.timesV())).minus(product).minus(product.timesV());
    return new Fp12<>(t, product.plus(product));
  }

  /** The product with {@code a + (b0 + b1·v)·w}. */
  Fp12<F> timesSparse034(Fp2<F> a, Fp2<F> b0, Fp2<F> b1) {
    Fp6<F> t0 = c0.times(a);
    Fp6<F> t1 = c1.times(b0, b1);
    Fp6<F> cross = c0.plus(c1).times(a.plus(b0), b1).minus(t0).minus(t1);
    return new Fp12<>(t0.plus(t1.timesV()), cross);
  }

  /** The product with {@code (a0 + a1·v) + b·v·w}. */
  Fp12<F> timesSparse014(Fp2<F> a0, Fp2<F> a1, Fp2<F> b) {
    Fp6<F> t0 = c0.times(a0, a1);
    Fp6<F> t1 = c1.timesV(b);
    Fp6<F> cross = c0.plus(c1).times(a0, a1.plus(b)).minus(t0).minus(t1);
    return new Fp12<>(t0.plus(t1.timesV()), cross);
  }

  /** The p⁶-th power; for an element of the cyclotomic subgroup, its inverse. */
  Fp12<F> conjugated() {
    return new Fp12<>(c0, c1.negated());
  }

  Fp12<F> inverse() {
    Fp6<F> norm = c0.times(c0).minus(c1.times(c1).timesV()).inverse();
    return new Fp12<>(c0.times(norm), c1.times(norm).negated());
  }

  /** The p-th power, given {@code ξ^(k(p-1)/6)} for k from 0 to 5. */
  Fp12<F> frobenius(List<Fp2<F>> gammas) {
    return new Fp12<>(
        new Fp6<>(
            c0.c0().conjugated(),
            c0.c1().conjugated().times(gammas.get(2)),
            c0.c2().conjugated().times(gammas.get(4))),
        new Fp6<>(
            c1.c0().conjugated().times(gammas.get(1)),
            c1.c1().conjugated().times(gammas.get(3)),
            c1.c2().conjugated().times(gammas.get(5))));
  }

  /** The power of an element of the cyclotomic subgroup, where squaring is cheap. */
  Fp12<F> cyclotomicPower(long unsignedExponent) {
    Fp12<F> power = this;
    for (int bit = 62 - Long.numberOfLeadingZeros(unsignedExponent); bit >= 0; bit--) {
      power = power.cyclotomicSquared();
      if ((unsignedExponent >>> bit & 1) == 1) {
        power = power.times(this);
      }
    }
    return power;
  }

  /** Granger and Scott's squaring ("Faster squaring in the cyclotomic subgroup", section 3.2). */
  Fp12<F> cyclotomicSquared() {
    Fp4Square<F> a = Fp4Square.of(c0.c0(), c1.c1());
    Fp4Square<F> b = Fp4Square.of(c1.c0(), c0.c2());
    Fp4Square<F> c = Fp4Square.of(c0.c1(), c1.c2());
    return new Fp12<>(
        new Fp6<>(
            threeMinusTwo(a.even, c0.c0()),
            threeMinusTwo(b.even, c0.c1()),
            threeMinusTwo(c.even, c0.c2())),
        new Fp6<>(
            threePlusTwo(c.odd.timesXi(), c1.c0()),
            threePlusTwo(a.odd, c1.c1()),
            threePlusTwo(b.odd, c1.c2())));
  }

  private static <F extends PrimeField<F>> Fp2<F> threeMinusTwo(Fp2<F> three, Fp2<F> two) {
    return three.minus(two).doubled().plus(three);
  }

  private static <F extends PrimeField<F>> Fp2<F> threePlusTwo(Fp2<F> three, Fp2<F> two) {
    return three.plus(two).doubled().plus(three);
  }

  /** The square of {@code a + b·s}, where s² = ξ. */
  private record Fp4Square<F extends PrimeField<F>>(Fp2<F> even, Fp2<F> odd) {
    static <F extends PrimeField<F>> Fp4Square<F> of(Fp2<F> a, Fp2<F> b) {
      Fp2<F> aa = a.squared();
      Fp2<F> bb = b.squared();
      return new Fp4Square<>(bb.timesXi().plus(aa), a.plus(b).squared().minus(aa).minus(bb));
    }
  }
}
