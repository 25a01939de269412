package io.mooring.evm.precompile;

import io.mooring.evm.pairing.Bn254;
import org.jspecify.annotations.Nullable;

/** 0x06: the sum of two points of BN254 (EIP-196; priced by EIP-1108 from Istanbul). */
final class Bn254Add implements Precompile {
  static final long GAS_EIP_196 = 500;
  static final long GAS_EIP_1108 = 150;

  private final long gas;

  Bn254Add(long gas) {
    this.gas = gas;
  }

  @Override
  public long gas(byte[] input) {
    return gas;
  }

  @Override
  public byte @Nullable [] run(byte[] input) {
    return Bn254.add(
        Input.bytes(input, 0, Bn254.G1_BYTES), Input.bytes(input, Bn254.G1_BYTES, Bn254.G1_BYTES));
  }
}
