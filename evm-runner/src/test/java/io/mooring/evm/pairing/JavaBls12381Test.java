package io.mooring.evm.pairing;

class JavaBls12381Test extends KzgProofContract {
  @Override
  Bls12381 curve() {
    return Bls12381.inJava();
  }
}
