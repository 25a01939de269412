package io.mooring.evm.precompile;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** 0x0b and 0x0d: the sum of two points (EIP-2537). */
final class BlsAdd implements Precompile {
  private final BlsGroup group;
  private final Curves curves;

  BlsAdd(BlsGroup group, Curves curves) {
    this.group = group;
    this.curves = curves;
  }

  @Override
  public long gas(byte[] input) {
    return group.addGas;
  }

  @Override
  public byte @Nullable [] run(byte[] input) {
    if (input.length != 2 * group.pointBytes) {
      return null;
    }
    byte[] a = BlsInput.stripped(Arrays.copyOf(input, group.pointBytes));
    byte[] b = BlsInput.stripped(Arrays.copyOfRange(input, group.pointBytes, input.length));
    return a == null || b == null ? null : BlsInput.padded(group.add(curves.bls12381(), a, b));
  }
}
