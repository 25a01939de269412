package io.mooring.evm.precompile;

import io.mooring.evm.pairing.Bls12381;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** EIP-2537's encoding: {@link Bls12381}'s with each coordinate padded from 48 to 64 bytes. */
final class BlsInput {
  static final int FP_BYTES = 64;
  static final int G1_BYTES = 2 * FP_BYTES;
  static final int G2_BYTES = 4 * FP_BYTES;
  static final int SCALAR_BYTES = 32;

  private static final int PADDING = FP_BYTES - Bls12381.FP_BYTES;

  private BlsInput() {}

  /** Without the padding, or null where some of it is not zero. */
  static byte @Nullable [] stripped(byte[] padded) {
    int elements = padded.length / FP_BYTES;
    byte[] stripped = new byte[elements * Bls12381.FP_BYTES];
    for (int i = 0; i < elements; i++) {
      for (int j = 0; j < PADDING; j++) {
        if (padded[i * FP_BYTES + j] != 0) {
          return null;
        }
      }
      System.arraycopy(
          padded, i * FP_BYTES + PADDING, stripped, i * Bls12381.FP_BYTES, Bls12381.FP_BYTES);
    }
    return stripped;
  }

  /** All of them stripped, or null where one cannot be. */
  static @Nullable List<byte[]> stripped(List<byte[]> padded) {
    List<byte[]> all = new ArrayList<>(padded.size());
    for (byte[] one : padded) {
      byte[] stripped = stripped(one);
      if (stripped == null) {
        return null;
      }
      all.add(stripped);
    }
    return all;
  }

  static byte @Nullable [] padded(byte @Nullable [] stripped) {
    if (stripped == null) {
      return null;
    }
    int elements = stripped.length / Bls12381.FP_BYTES;
    byte[] padded = new byte[elements * FP_BYTES];
    for (int i = 0; i < elements; i++) {
      System.arraycopy(
          stripped, i * Bls12381.FP_BYTES, padded, i * FP_BYTES + PADDING, Bls12381.FP_BYTES);
    }
    return padded;
  }

  static List<BigInteger> scalars(List<byte[]> words) {
    return words.stream().map(word -> new BigInteger(1, word)).toList();
  }
}
