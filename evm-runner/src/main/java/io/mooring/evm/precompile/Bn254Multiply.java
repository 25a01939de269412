package io.mooring.evm.precompile;

import io.mooring.evm.pairing.Bn254;
import org.jspecify.annotations.Nullable;

/** 0x07: a multiple of a point of BN254 (EIP-196; priced by EIP-1108 from Istanbul). */
final class Bn254Multiply implements Precompile {
  static final long GAS_EIP_196 = 40_000;
  static final long GAS_EIP_1108 = 6_000;

  private final long gas;

  Bn254Multiply(long gas) {
    this.gas = gas;
  }

  @Override
  public long gas(byte[] input) {
    return gas;
  }

  @Override
  public byte @Nullable [] run(byte[] input) {
    return Bn254.multiply(
        Input.bytes(input, 0, Bn254.G1_BYTES), Input.number(input, Bn254.G1_BYTES, 32));
  }
}
