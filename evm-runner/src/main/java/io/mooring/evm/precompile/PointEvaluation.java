package io.mooring.evm.precompile;

import io.mooring.evm.pairing.KzgProof;
import io.mooring.evm.pairing.PairingCheck;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** 0x0a: a KZG proof against the versioned hash of its commitment (EIP-4844). */
final class PointEvaluation implements Precompile {
  private static final int INPUT_BYTES = 192;
  private static final long GAS = 50_000;
  private static final byte VERSION = 1;

  /** The number of elements in a blob and the modulus, a word each, which EIP-4844 has returned. */
  private static final byte[] OUTPUT =
      HexFormat.of()
          .parseHex(
              "0000000000000000000000000000000000000000000000000000000000001000"
                  + "73eda753299d7d483339d80809a1d80553bda402fffe5bfeffffffff00000001");

  private final Curves curves;

  PointEvaluation(Curves curves) {
    this.curves = curves;
  }

  @Override
  public long gas(byte[] input) {
    return GAS;
  }

  @Override
  public byte @Nullable [] run(byte[] input) {
    if (input.length != INPUT_BYTES) {
      return null;
    }
    byte[] versionedHash = Arrays.copyOf(input, 32);
    byte[] z = Arrays.copyOfRange(input, 32, 64);
    byte[] y = Arrays.copyOfRange(input, 64, 96);
    byte[] commitment = Arrays.copyOfRange(input, 96, 144);
    byte[] proof = Arrays.copyOfRange(input, 144, 192);

    byte[] hash = Sha256.hash(commitment);
    hash[0] = VERSION;
    if (!Arrays.equals(hash, versionedHash)) {
      return null;
    }
    PairingCheck check = new KzgProof(curves.bls12381()).verify(commitment, z, y, proof);
    return check == PairingCheck.ONE ? OUTPUT.clone() : null;
  }
}
