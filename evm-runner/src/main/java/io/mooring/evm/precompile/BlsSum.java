package io.mooring.evm.precompile;

import io.mooring.evm.pairing.Bls12381;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** 0x0c and 0x0e: the sum of multiples of points, cheaper by the dozen (EIP-2537). */
final class BlsSum implements Precompile {
  private final BlsGroup group;
  private final Supplier<Bls12381> curve;
  private final int itemBytes;

  BlsSum(BlsGroup group, Supplier<Bls12381> curve) {
    this.group = group;
    this.curve = curve;
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
        : BlsInput.padded(group.sum(curve.get(), points, BlsInput.scalars(scalars)));
  }
}
