package io.mooring.evm.pairing;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * BN254 (alt_bn128) as EIP-196 and EIP-197 encode it: big-endian coordinates, x before y, the
 * imaginary part before the real one, and the point at infinity as zeros.
 */
public final class Bn254 {
  public static final int G1_BYTES = 64;
  public static final int G2_BYTES = 128;

  private static final int FP_BYTES = 32;

  private Bn254() {}

  /** The sum of two points, or null where one is not on the curve. */
  public static byte @Nullable [] add(byte[] a, byte[] b) {
    Point<Bn254Fp> first = g1(a);
    Point<Bn254Fp> second = g1(b);
    return first == null || second == null ? null : encoded(first.plus(second));
  }

  /** The multiple of a point, or null where it is not on the curve. */
  public static byte @Nullable [] multiply(byte[] a, BigInteger scalar) {
    Point<Bn254Fp> point = g1(a);
    return point == null ? null : encoded(point.times(scalar.mod(Bn254Curve.ORDER)));
  }

  /** Multiplies the pairings of the points of {@code g1} with those of {@code g2}. */
  public static PairingCheck pair(List<byte[]> g1, List<byte[]> g2) {
    List<PairingCurve.Pair<Bn254Fp>> pairs = new ArrayList<>();
    for (int i = 0; i < g1.size(); i++) {
      Point<Bn254Fp> p = g1(g1.get(i));
      Point<Fp2<Bn254Fp>> q = g2(g2.get(i));
      if (p == null || q == null) {
        return PairingCheck.INVALID;
      }
      if (!p.isInfinity() && !q.isInfinity()) {
        pairs.add(new PairingCurve.Pair<>(p, q));
      }
    }
    return Bn254Curve.CURVE.isProductOne(pairs) ? PairingCheck.ONE : PairingCheck.NOT_ONE;
  }

  private static @Nullable Point<Bn254Fp> g1(byte[] encoded) {
    Bn254Fp x = fp(encoded, 0);
    Bn254Fp y = fp(encoded, FP_BYTES);
    if (x == null || y == null) {
      return null;
    }
    if (x.isZero() && y.isZero()) {
      return Point.infinity(x);
    }
    Point<Bn254Fp> point = Point.affine(x, y);
    return point.isOnCurve(Bn254Curve.B) ? point : null;
  }

  private static @Nullable Point<Fp2<Bn254Fp>> g2(byte[] encoded) {
    Fp2<Bn254Fp> x = fp2(encoded, 0);
    Fp2<Bn254Fp> y = fp2(encoded, 2 * FP_BYTES);
    if (x == null || y == null) {
      return null;
    }
    if (x.isZero() && y.isZero()) {
      return Point.infinity(x);
    }
    Point<Fp2<Bn254Fp>> point = Point.affine(x, y);
    return point.isOnCurve(Bn254Curve.CURVE.twistB()) && Bn254Curve.CURVE.isInSubgroup(point)
        ? point
        : null;
  }

  private static @Nullable Fp2<Bn254Fp> fp2(byte[] encoded, int from) {
    Bn254Fp imaginary = fp(encoded, from);
    Bn254Fp real = fp(encoded, from + FP_BYTES);
    return real == null || imaginary == null ? null : new Fp2<>(real, imaginary);
  }

  private static @Nullable Bn254Fp fp(byte[] encoded, int from) {
    BigInteger value = new BigInteger(1, Arrays.copyOfRange(encoded, from, from + FP_BYTES));
    return Bn254Fp.ONE.isCanonical(value) ? Bn254Fp.ONE.of(value) : null;
  }

  private static byte[] encoded(Point<Bn254Fp> point) {
    byte[] bytes = new byte[G1_BYTES];
    if (!point.isInfinity()) {
      Point<Bn254Fp> affine = point.normalized();
      Limbs.write(affine.x().toBigInteger(), bytes, 0, FP_BYTES);
      Limbs.write(affine.y().toBigInteger(), bytes, FP_BYTES, FP_BYTES);
    }
    return bytes;
  }
}
