package io.mooring.evm.pairing;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import supranational.blst.P1;
import supranational.blst.P1_Affine;
import supranational.blst.P2;
import supranational.blst.P2_Affine;
import supranational.blst.PT;

/**
 * blst through JNI.
 *
 * <p>blst reads and writes what zcash does: the imaginary part first, and three flag bits on top,
 * of which only the one for infinity is used here. It refuses (0, 2) and (0, -2), the only points
 * of the curve without an x, because they are outside G1; addition, which may be given such, is
 * left to Java for them. The twist has no such point: 4 + 4i is no square.
 */
final class NativeBls12381 implements Bls12381 {
  private static final byte INFINITY_FLAG = 0x40;

  private final Bls12381 inJava = Bls12381.inJava();

  private NativeBls12381() {}

  /** Nothing on machines for which no native library is packed or where it may not be unpacked. */
  static Optional<NativeBls12381> load() {
    try {
      P1.generator(); // the class unpacks and loads the library as it initialises
      return Optional.of(new NativeBls12381());
    } catch (LinkageError | RuntimeException notLoadable) {
      System.getLogger(NativeBls12381.class.getName())
          .log(
              System.Logger.Level.WARNING,
              "blst does not load; BLS12-381 is computed in Java, more slowly",
              notLoadable);
      return Optional.empty();
    }
  }

  @Override
  public String name() {
    return "blst";
  }

  @Override
  public byte @Nullable [] addG1(byte[] a, byte[] b) {
    if (isZero(a, FP_BYTES) || isZero(b, FP_BYTES)) {
      return inJava.addG1(a, b); // blst reads no point of order 3, which is on the curve
    }
    P1_Affine first = g1(a);
    P1_Affine second = g1(b);
    return first == null || second == null
        ? null
        : encoded(first.to_jacobian().add(second).to_affine());
  }

  @Override
  public byte @Nullable [] addG2(byte[] a, byte[] b) {
    P2_Affine first = g2(a);
    P2_Affine second = g2(b);
    return first == null || second == null
        ? null
        : encoded(first.to_jacobian().add(second).to_affine());
  }

  @Override
  public byte @Nullable [] sumG1(List<byte[]> points, List<BigInteger> scalars) {
    P1 sum = new P1();
    for (int i = 0; i < points.size(); i++) {
      P1_Affine point = g1(points.get(i));
      if (point == null || !point.in_group()) {
        return null;
      }
      sum.add(point.to_jacobian().mult(scalars.get(i).mod(ORDER)));
    }
    return encoded(sum.to_affine());
  }

  @Override
  public byte @Nullable [] sumG2(List<byte[]> points, List<BigInteger> scalars) {
    P2 sum = new P2();
    for (int i = 0; i < points.size(); i++) {
      P2_Affine point = g2(points.get(i));
      if (point == null || !point.in_group()) {
        return null;
      }
      sum.add(point.to_jacobian().mult(scalars.get(i).mod(ORDER)));
    }
    return encoded(sum.to_affine());
  }

  @Override
  public PairingCheck pair(List<byte[]> g1, List<byte[]> g2) {
    PT product = PT.one();
    for (int i = 0; i < g1.size(); i++) {
      P1_Affine p = g1(g1.get(i));
      P2_Affine q = g2(g2.get(i));
      if (p == null || q == null || !p.in_group() || !q.in_group()) {
        return PairingCheck.INVALID;
      }
      if (!p.is_inf() && !q.is_inf()) {
        product.mul(new PT(p, q));
      }
    }
    return product.final_exp().is_one() ? PairingCheck.ONE : PairingCheck.NOT_ONE;
  }

  private static @Nullable P1_Affine g1(byte[] encoded) {
    byte[] flagged = withFlag(encoded);
    if (flagged == null) {
      return null;
    }
    try {
      return new P1_Affine(flagged);
    } catch (RuntimeException notOnTheCurve) {
      return null;
    }
  }

  private static @Nullable P2_Affine g2(byte[] encoded) {
    byte[] flagged = withFlag(swapped(encoded));
    if (flagged == null) {
      return null;
    }
    try {
      return new P2_Affine(flagged);
    } catch (RuntimeException notOnTheTwist) {
      return null;
    }
  }

  /** Null where one of the flag bits is set, which no number below the prime does. */
  private static byte @Nullable [] withFlag(byte[] encoded) {
    if ((encoded[0] & 0xe0) != 0) {
      return null;
    }
    byte[] flagged = encoded.clone();
    if (isZero(encoded, encoded.length)) {
      flagged[0] = INFINITY_FLAG;
    }
    return flagged;
  }

  private static boolean isZero(byte[] bytes, int length) {
    for (int i = 0; i < length; i++) {
      if (bytes[i] != 0) {
        return false;
      }
    }
    return true;
  }

  private static byte[] encoded(P1_Affine point) {
    return point.is_inf() ? new byte[G1_BYTES] : point.serialize();
  }

  private static byte[] encoded(P2_Affine point) {
    return point.is_inf() ? new byte[G2_BYTES] : swapped(point.serialize());
  }

  /** Swaps the two parts of both coordinates. */
  private static byte[] swapped(byte[] g2) {
    byte[] swapped = new byte[G2_BYTES];
    for (int part = 0; part < 4; part++) {
      System.arraycopy(g2, (part ^ 1) * FP_BYTES, swapped, part * FP_BYTES, FP_BYTES);
    }
    return swapped;
  }
}
