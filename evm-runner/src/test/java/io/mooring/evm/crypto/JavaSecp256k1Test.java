package io.mooring.evm.crypto;

class JavaSecp256k1Test extends Secp256k1Contract {
  @Override
  Secp256k1 curve() {
    return new JavaSecp256k1();
  }
}
