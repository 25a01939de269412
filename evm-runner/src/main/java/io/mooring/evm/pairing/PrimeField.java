package io.mooring.evm.pairing;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** An element of the field below a tower: integers modulo a prime that is 3 modulo 4. */
interface PrimeField<F extends PrimeField<F>> extends Field<F> {
  BigInteger modulus();

  F of(BigInteger value);

  BigInteger toBigInteger();

  /**
   * {@code (this + imaginary·u)·ξ}, where ξ is what the tower of this prime adjoins a cube root of.
   */
  Fp2<F> timesXi(F imaginary);

  @Override
  default F zero() {
    return of(BigInteger.ZERO);
  }

  @Override
  default F inverse() {
    return isZero() ? zero() : of(toBigInteger().modInverse(modulus()));
  }

  @Override
  default @Nullable F squareRoot() {
    F candidate = pow(modulus().add(BigInteger.ONE).shiftRight(2));
    return candidate.squared().equals(this) ? candidate : null;
  }

  @Override
  default boolean isOdd() {
    return toBigInteger().testBit(0);
  }

  /** Whether the number is the one way to write its element: below the modulus. */
  default boolean isCanonical(BigInteger value) {
    return value.signum() >= 0 && value.compareTo(modulus()) < 0;
  }
}
