package io.mooring.evm.pairing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class NativeBls12381Test extends KzgProofContract {
  private static final Optional<NativeBls12381> LOADED = NativeBls12381.load();

  @Override
  Bls12381 curve() {
    assumeTrue(LOADED.isPresent(), "skipped: blst has no build for this machine");
    return LOADED.orElseThrow();
  }

  @Test
  void isChosenWhereItLoads() {
    assertEquals(curve().name(), Bls12381.fastest().name());
  }
}
