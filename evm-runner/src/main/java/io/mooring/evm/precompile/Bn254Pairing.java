package io.mooring.evm.precompile;

import io.mooring.evm.pairing.Bn254;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** 0x08: whether pairings of BN254 multiply to one (EIP-197; priced by EIP-1108 from Istanbul). */
final class Bn254Pairing implements Precompile {
  private static final int PAIR_BYTES = Bn254.G1_BYTES + Bn254.G2_BYTES;

  /** What a check costs: a sum, and as much again for each pair. */
  record Price(long once, long perPair) {
    static final Price EIP_197 = new Price(100_000, 80_000);
    static final Price EIP_1108 = new Price(45_000, 34_000);
  }

  private final Price price;

  Bn254Pairing(Price price) {
    this.price = price;
  }

  @Override
  public long gas(byte[] input) {
    return price.once + price.perPair * (input.length / PAIR_BYTES);
  }

  @Override
  public byte @Nullable [] run(byte[] input) {
    if (input.length % PAIR_BYTES != 0) {
      return null;
    }
    List<byte[]> g1 = Input.everyNth(input, PAIR_BYTES, 0, Bn254.G1_BYTES);
    List<byte[]> g2 = Input.everyNth(input, PAIR_BYTES, Bn254.G1_BYTES, Bn254.G2_BYTES);
    return Truth.word(Bn254.pair(g1, g2));
  }
}
