package io.mooring.evm.precompile;

import org.jspecify.annotations.Nullable;

/** 0x10 and 0x11: a field element to a point (EIP-2537). */
final class BlsMap implements Precompile {
  private final BlsGroup group;

  BlsMap(BlsGroup group) {
    this.group = group;
  }

  @Override
  public long gas(byte[] input) {
    return group.mapGas;
  }

  @Override
  public byte @Nullable [] run(byte[] input) {
    if (input.length != group.elementBytes) {
      return null;
    }
    byte[] element = BlsInput.stripped(input);
    return element == null ? null : BlsInput.padded(group.map(element));
  }
}
