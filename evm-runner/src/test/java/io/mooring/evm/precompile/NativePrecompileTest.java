package io.mooring.evm.precompile;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mooring.evm.pairing.Bls12381;

class NativePrecompileTest extends PrecompileContract {
  @Override
  Bls12381 curve() {
    Bls12381 fastest = Bls12381.fastest();
    assumeTrue(fastest.name().equals("blst"), "skipped: blst has no build for this machine");
    return fastest;
  }
}
