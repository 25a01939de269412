package io.mooring.evm.precompile;

import io.mooring.evm.pairing.Bls12381;

class JavaPrecompileTest extends PrecompileContract {
  @Override
  Bls12381 curve() {
    return Bls12381.inJava();
  }
}
