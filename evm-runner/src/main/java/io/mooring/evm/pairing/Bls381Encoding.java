package io.mooring.evm.pairing;

import static io.mooring.evm.pairing.Bls12381.FP_BYTES;
import static io.mooring.evm.pairing.Bls12381.G1_BYTES;
import static io.mooring.evm.pairing.Bls12381.G2_BYTES;

import java.math.BigInteger;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Points of BLS12-381 as {@link Bls12381} encodes them. */
final class Bls381Encoding {
  private Bls381Encoding() {}

  /** The point of the curve, or null where these bytes are none. */
  static @Nullable Point<Bls381Fp> g1(byte[] encoded) {
    Bls381Fp x = fp(encoded, 0);
    Bls381Fp y = fp(encoded, FP_BYTES);
    if (x == null || y == null) {
      return null;
    }
    if (x.isZero() && y.isZero()) {
      return Point.infinity(x);
    }
    Point<Bls381Fp> point = Point.affine(x, y);
    return point.isOnCurve(Bls381Curve.B) ? point : null;
  }

  /** The point of the twist, or null where these bytes are none. */
  static @Nullable Point<Fp2<Bls381Fp>> g2(byte[] encoded) {
    Fp2<Bls381Fp> x = fp2(encoded, 0);
    Fp2<Bls381Fp> y = fp2(encoded, 2 * FP_BYTES);
    if (x == null || y == null) {
      return null;
    }
    if (x.isZero() && y.isZero()) {
      return Point.infinity(x);
    }
    Point<Fp2<Bls381Fp>> point = Point.affine(x, y);
    return point.isOnCurve(Bls381Curve.CURVE.twistB()) ? point : null;
  }

  static @Nullable Fp2<Bls381Fp> fp2(byte[] encoded, int from) {
    Bls381Fp real = fp(encoded, from);
    Bls381Fp imaginary = fp(encoded, from + FP_BYTES);
    return real == null || imaginary == null ? null : new Fp2<>(real, imaginary);
  }

  static @Nullable Bls381Fp fp(byte[] encoded, int from) {
    BigInteger value = new BigInteger(1, Arrays.copyOfRange(encoded, from, from + FP_BYTES));
    return Bls381Fp.ONE.isCanonical(value) ? Bls381Fp.ONE.of(value) : null;
  }

  static byte[] ofG1(Point<Bls381Fp> point) {
    byte[] bytes = new byte[G1_BYTES];
    if (!point.isInfinity()) {
      Point<Bls381Fp> affine = point.normalized();
      write(affine.x(), bytes, 0);
      write(affine.y(), bytes, FP_BYTES);
    }
    return bytes;
  }

  static byte[] ofG2(Point<Fp2<Bls381Fp>> point) {
    byte[] bytes = new byte[G2_BYTES];
    if (!point.isInfinity()) {
      Point<Fp2<Bls381Fp>> affine = point.normalized();
      write(affine.x().real(), bytes, 0);
      write(affine.x().imaginary(), bytes, FP_BYTES);
      write(affine.y().real(), bytes, 2 * FP_BYTES);
      write(affine.y().imaginary(), bytes, 3 * FP_BYTES);
    }
    return bytes;
  }

  private static void write(Bls381Fp value, byte[] to, int from) {
    Limbs.write(value.toBigInteger(), to, from, FP_BYTES);
  }
}
