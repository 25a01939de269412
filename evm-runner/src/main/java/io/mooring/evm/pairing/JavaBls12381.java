package io.mooring.evm.pairing;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** BLS12-381 in Java alone, for where blst does not load. */
final class JavaBls12381 implements Bls12381 {
  @Override
  public String name() {
    return "java";
  }

  @Override
  public byte @Nullable [] addG1(byte[] a, byte[] b) {
    Point<Bls381Fp> first = Bls381Encoding.g1(a);
    Point<Bls381Fp> second = Bls381Encoding.g1(b);
    return first == null || second == null ? null : Bls381Encoding.ofG1(first.plus(second));
  }

  @Override
  public byte @Nullable [] addG2(byte[] a, byte[] b) {
    Point<Fp2<Bls381Fp>> first = Bls381Encoding.g2(a);
    Point<Fp2<Bls381Fp>> second = Bls381Encoding.g2(b);
    return first == null || second == null ? null : Bls381Encoding.ofG2(first.plus(second));
  }

  @Override
  public byte @Nullable [] sumG1(List<byte[]> points, List<BigInteger> scalars) {
    Point<Bls381Fp> sum = Point.infinity(Bls381Fp.ONE);
    for (int i = 0; i < points.size(); i++) {
      Point<Bls381Fp> point = Bls381Encoding.g1(points.get(i));
      if (point == null || !Bls381Curve.CURVE.isInG1(point)) {
        return null;
      }
      sum = sum.plus(point.times(scalars.get(i).mod(ORDER)));
    }
    return Bls381Encoding.ofG1(sum);
  }

  @Override
  public byte @Nullable [] sumG2(List<byte[]> points, List<BigInteger> scalars) {
    Point<Fp2<Bls381Fp>> sum = Point.infinity(Fp2.of(Bls381Fp.ONE));
    for (int i = 0; i < points.size(); i++) {
      Point<Fp2<Bls381Fp>> point = Bls381Encoding.g2(points.get(i));
      if (point == null || !Bls381Curve.CURVE.isInG2(point)) {
        return null;
      }
      sum = sum.plus(point.times(scalars.get(i).mod(ORDER)));
    }
    return Bls381Encoding.ofG2(sum);
  }

  @Override
  public PairingCheck pair(List<byte[]> g1, List<byte[]> g2) {
    List<PairingCurve.Pair<Bls381Fp>> pairs = new ArrayList<>();
    for (int i = 0; i < g1.size(); i++) {
      Point<Bls381Fp> p = Bls381Encoding.g1(g1.get(i));
      Point<Fp2<Bls381Fp>> q = Bls381Encoding.g2(g2.get(i));
      if (p == null || q == null || !Bls381Curve.CURVE.isInG1(p) || !Bls381Curve.CURVE.isInG2(q)) {
        return PairingCheck.INVALID;
      }
      if (!p.isInfinity() && !q.isInfinity()) {
        pairs.add(new PairingCurve.Pair<>(p, q));
      }
    }
    return Bls381Curve.CURVE.isProductOne(pairs) ? PairingCheck.ONE : PairingCheck.NOT_ONE;
  }
}
