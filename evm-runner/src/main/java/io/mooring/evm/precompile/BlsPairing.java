package io.mooring.evm.precompile;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** 0x0f: whether pairings of BLS12-381 multiply to one (EIP-2537). */
final class BlsPairing implements Precompile {
  private static final int PAIR_BYTES = BlsInput.G1_BYTES + BlsInput.G2_BYTES;
  private static final long GAS_ONCE = 37_700;
  private static final long GAS_PER_PAIR = 32_600;

  private final Curves curves;

  BlsPairing(Curves curves) {
    this.curves = curves;
  }

  @Override
  public long gas(byte[] input) {
    return GAS_ONCE + GAS_PER_PAIR * (input.length / PAIR_BYTES);
  }

  @Override
  public byte @Nullable [] run(byte[] input) {
    if (input.length == 0 || input.length % PAIR_BYTES != 0) {
      return null;
    }
    List<byte[]> g1 = BlsInput.stripped(Input.everyNth(input, PAIR_BYTES, 0, BlsInput.G1_BYTES));
    List<byte[]> g2 =
        BlsInput.stripped(Input.everyNth(input, PAIR_BYTES, BlsInput.G1_BYTES, BlsInput.G2_BYTES));
    return g1 == null || g2 == null ? null : Truth.word(curves.bls12381().pair(g1, g2));
  }
}
