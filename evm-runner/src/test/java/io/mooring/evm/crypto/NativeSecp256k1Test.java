package io.mooring.evm.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class NativeSecp256k1Test extends Secp256k1Contract {
  private static final Optional<NativeSecp256k1> LOADED = NativeSecp256k1.load();

  @Override
  Secp256k1 curve() {
    Assumptions.assumeTrue(
        LOADED.isPresent(), "skipped: libsecp256k1 has no build for this machine");
    return LOADED.orElseThrow();
  }

  @Test
  void isChosenWhereItLoads() {
    assertEquals(curve().name(), Secp256k1.fastest().name());
  }
}
