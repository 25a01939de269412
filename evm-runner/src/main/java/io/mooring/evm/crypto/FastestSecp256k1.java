package io.mooring.evm.crypto;

/** The choice between the two implementations, made once, when the first signature is needed. */
final class FastestSecp256k1 {
  static final Secp256k1 CHOICE =
      NativeSecp256k1.load().<Secp256k1>map(loaded -> loaded).orElseGet(JavaSecp256k1::new);

  private FastestSecp256k1() {}
}
