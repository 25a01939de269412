package io.mooring.evm.precompile;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** 0x0c and 0x0e: the sum of multiples of points, cheaper by the dozen (EIP-2537). */
final class BlsSum implements Precompile {
  private final BlsGroup group;
  private final Curves curves;
  private final int itemBytes;

  BlsSum(BlsGroup group, Curves curves) {
    this.group = group;
    this.curves = curves;
    this.itemBytes = group.pointBytes + BlsInput.SCALAR_BYTES;
  }

  @Override
  public long gas(byte[] input) {
    int items = input.length / itemBytes;
    return group.discounts.of(items * group.multiplyGas, items);
  }

  @Override
  public byte @Nullable [] run(byte[] input) {
    if (input.length == 0 || input.length % itemBytes != 0) {
      return null;
    }
    List<byte[]> points = BlsInput.stripped(Input.everyNth(input, itemBytes, 0, group.pointBytes));
    List<byte[]> scalars =
        Input.everyNth(input, itemBytes, group.pointBytes, BlsInput.SCALAR_BYTES);
    return points == null
        ? null
        : BlsInput.padded(group.sum(curves.bls12381(), points, BlsInput.scalars(scalars)));
  }
}
