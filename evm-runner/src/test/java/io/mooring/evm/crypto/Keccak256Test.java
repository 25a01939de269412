package io.mooring.evm.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.bouncycastle.crypto.digests.KeccakDigest;
import org.junit.jupiter.api.Test;

class Keccak256Test {
  @Test
  void hashesNothingToTheEmptyCodeHash() {
    assertEquals(
        "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470",
        HexFormat.of().formatHex(Keccak256.hash(new byte[0])));
  }

  @Test
  void agreesWithBouncyCastleOnEveryLengthAroundThreeBlocks() {
    byte[] input = new byte[3 * 136 + 20];
    new Random(7).nextBytes(input);
    for (int length = 0; length <= input.length - 3; length++) {
      assertArrayEquals(
          byBouncyCastle(input, 3, length), Keccak256.hash(input, 3, length), "length " + length);
    }
  }

  @Test
  void writesOverItsOwnInput() {
    byte[] input = new byte[64];
    new Random(8).nextBytes(input);
    byte[] expected = Keccak256.hash(input);
    Keccak256.hash(input, 0, 64, input, 32);
    assertArrayEquals(expected, Arrays.copyOfRange(input, 32, 64));
  }

  @Test
  void givesTheDigestAsLimbsWithTheLeastSignificantFirst() {
    long[] limbs = new long[5];
    Keccak256.hash(new byte[0], 0, 0, limbs, 1);
    assertArrayEquals(
        new long[] {
          0, 0x7bfad8045d85a470L, 0xe500b653ca82273bL, 0x927e7db2dcc703c0L, 0xc5d2460186f7233cL
        },
        limbs);
  }

  @Test
  void refusesRangesOutsideTheInput() {
    byte[] input = new byte[10];
    assertThrows(IndexOutOfBoundsException.class, () -> Keccak256.hash(input, 5, 6));
    assertThrows(IndexOutOfBoundsException.class, () -> Keccak256.hash(input, -1, 2));
    assertThrows(
        IndexOutOfBoundsException.class, () -> Keccak256.hash(input, 0, 1, new byte[31], 0));
  }

  private static byte[] byBouncyCastle(byte[] input, int offset, int length) {
    KeccakDigest digest = new KeccakDigest(256);
    digest.update(input, offset, length);
    byte[] out = new byte[32];
    digest.doFinal(out, 0);
    return out;
  }
}
