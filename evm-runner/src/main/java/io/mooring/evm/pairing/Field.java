package io.mooring.evm.pairing;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** An immutable element of a finite field, with the field's operations. */
interface Field<F extends Field<F>> {
  F zero();

  F one();

  boolean isZero();

  F plus(F other);

  F minus(F other);

  F times(F other);

  F negated();

  /** The element that times this one is one; zero for zero. */
  F inverse();

  /** One of the two roots, or null where there is none. */
  @Nullable F squareRoot();

  /** The sign of RFC 9380 section 4.1, which tells an element from its negation. */
  boolean isOdd();

  @SuppressWarnings("unchecked")
  private F self() {
    return (F) this;
  }

  default F doubled() {
    return plus(self());
  }

  default F tripled() {
    return doubled().plus(self());
  }

  default F squared() {
    return times(self());
  }

  default F pow(BigInteger exponent) {
    F power = one();
    for (int bit = exponent.bitLength() - 1; bit >= 0; bit--) {
      power = power.squared();
      if (exponent.testBit(bit)) {
        power = power.times(self());
      }
    }
    return power;
  }
}
