package io.mooring.evm.pairing;

import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * BLS12-381, with coordinates of 48 big-endian bytes, x before y, and the point at infinity as
 * zeros. In G2 the real part of a coordinate comes first.
 */
public interface Bls12381 {
  int FP_BYTES = 48;
  int G1_BYTES = 2 * FP_BYTES;
  int G2_BYTES = 4 * FP_BYTES;

  BigInteger ORDER = Bls381Curve.ORDER;

  /** blst where its native library loads, else the pure-Java one. */
  static Bls12381 fastest() {
    return FastestBls12381.CHOICE;
  }

  /** The implementation that needs no native library. */
  static Bls12381 inJava() {
    return new JavaBls12381();
  }

  /** The name under which runs and benchmarks report which one they used. */
  String name();

  /** The sum of two points, or null where one is not on the curve; they may be outside G1. */
  byte @Nullable [] addG1(byte[] a, byte[] b);

  /** The sum of two points, or null where one is not on the twist; they may be outside G2. */
  byte @Nullable [] addG2(byte[] a, byte[] b);

  /** The sum of the points' multiples, or null where one of them is not in G1. */
  byte @Nullable [] sumG1(List<byte[]> points, List<BigInteger> scalars);

  /** The sum of the points' multiples, or null where one of them is not in G2. */
  byte @Nullable [] sumG2(List<byte[]> points, List<BigInteger> scalars);

  /** Multiplies the pairings of the points of {@code g1} with those of {@code g2}. */
  PairingCheck pair(List<byte[]> g1, List<byte[]> g2);
}
