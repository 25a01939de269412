package io.mooring.evm.pairing;

import org.jspecify.annotations.Nullable;

/** {@code real + imaginary·u}, where u² = -1. */
record Fp2<F extends PrimeField<F>>(F real, F imaginary) implements Field<Fp2<F>> {
  static <F extends PrimeField<F>> Fp2<F> of(F real) {
    return new Fp2<>(real, real.zero());
  }

  @Override
  public Fp2<F> zero() {
    return of(real.zero());
  }

  @Override
  public Fp2<F> one() {
    return of(real.one());
  }

  @Override
  public boolean isZero() {
    return real.isZero() && imaginary.isZero();
  }

  @Override
  public Fp2<F> plus(Fp2<F> other) {
    return new Fp2<>(real.plus(other.real), imaginary.plus(other.imaginary));
  }

  @Override
  public Fp2<F> minus(Fp2<F> other) {
    return new Fp2<>(real.minus(other.real), imaginary.minus(other.imaginary));
  }

  @Override
  public Fp2<F> times(Fp2<F> other) {
    F reals = real.times(other.real);
    F imaginaries = imaginary.times(other.imaginary);
    F all = real.plus(imaginary).times(other.real.plus(other.imaginary));
    return new Fp2<>(reals.minus(imaginaries), all.minus(reals).minus(imaginaries));
  }

  @Override
  public Fp2<F> squared() {
    F product = real.times(imaginary);
    return new Fp2<>(real.plus(imaginary).times(real.minus(imaginary)), product.doubled());
  }

  Fp2<F> times(F scalar) {
    return new Fp2<>(real.times(scalar), imaginary.times(scalar));
  }

  Fp2<F> timesXi() {
    return real.timesXi(imaginary);
  }

  @Override
  public Fp2<F> negated() {
    return new Fp2<>(real.negated(), imaginary.negated());
  }

  /** The p-th power. */
  Fp2<F> conjugated() {
    return new Fp2<>(real, imaginary.negated());
  }

  @Override
  public Fp2<F> inverse() {
    return conjugated().times(norm().inverse());
  }

  private F norm() {
    return real.squared().plus(imaginary.squared());
  }

  /** By the complex method: the root's real part is a root of half of real ± root of the norm. */
  @Override
  public @Nullable Fp2<F> squareRoot() {
    if (imaginary.isZero()) {
      F root = real.squareRoot();
      // -1 is no square, so one of a number and its negation always is.
      return root != null
          ? of(root)
          : new Fp2<>(real.zero(), requireRoot(real.negated().squareRoot()));
    }
    F length = norm().squareRoot();
    if (length == null) {
      return null;
    }
    F half = real.one().doubled().inverse();
    F root = real.plus(length).times(half).squareRoot();
    if (root == null) {
      root = requireRoot(real.minus(length).times(half).squareRoot());
    }
    return new Fp2<>(root, imaginary.times(root.doubled().inverse()));
  }

  private static <F> F requireRoot(@Nullable F root) {
    if (root == null) {
      throw new ArithmeticException("one of the two must be a square");
    }
    return root;
  }

  @Override
  public boolean isOdd() {
    return real.isOdd() || real.isZero() && imaginary.isOdd();
  }
}
