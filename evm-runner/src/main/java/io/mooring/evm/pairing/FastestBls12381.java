package io.mooring.evm.pairing;

/** The choice between the two implementations, made once, when the first point is needed. */
final class FastestBls12381 {
  static final Bls12381 CHOICE =
      NativeBls12381.load().<Bls12381>map(loaded -> loaded).orElseGet(JavaBls12381::new);

  private FastestBls12381() {}
}
