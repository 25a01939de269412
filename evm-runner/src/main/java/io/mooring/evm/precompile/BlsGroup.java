package io.mooring.evm.precompile;

import io.mooring.evm.pairing.Bls12381;
import io.mooring.evm.pairing.Bls12381Map;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The two groups of BLS12-381, as far as their precompiles differ: sizes, prices, operations. */
enum BlsGroup {
  G1(BlsInput.G1_BYTES, BlsInput.FP_BYTES, 375, 12_000, 5_500, BlsDiscounts.G1) {
    @Override
    byte @Nullable [] add(Bls12381 curve, byte[] a, byte[] b) {
      return curve.addG1(a, b);
    }

    @Override
    byte @Nullable [] sum(Bls12381 curve, List<byte[]> points, List<BigInteger> scalars) {
      return curve.sumG1(points, scalars);
    }

    @Override
    byte @Nullable [] map(byte[] element) {
      return Bls12381Map.toG1(element);
    }
  },
  G2(BlsInput.G2_BYTES, 2 * BlsInput.FP_BYTES, 600, 22_500, 23_800, BlsDiscounts.G2) {
    @Override
    byte @Nullable [] add(Bls12381 curve, byte[] a, byte[] b) {
      return curve.addG2(a, b);
    }

    @Override
    byte @Nullable [] sum(Bls12381 curve, List<byte[]> points, List<BigInteger> scalars) {
      return curve.sumG2(points, scalars);
    }

    @Override
    byte @Nullable [] map(byte[] element) {
      return Bls12381Map.toG2(element);
    }
  };

  final int pointBytes;
  final int elementBytes;
  final long addGas;
  final long multiplyGas;
  final long mapGas;
  final BlsDiscounts discounts;

  BlsGroup(
      int pointBytes,
      int elementBytes,
      long addGas,
      long multiplyGas,
      long mapGas,
      BlsDiscounts discounts) {
    this.pointBytes = pointBytes;
    this.elementBytes = elementBytes;
    this.addGas = addGas;
    this.multiplyGas = multiplyGas;
    this.mapGas = mapGas;
    this.discounts = discounts;
  }

  abstract byte @Nullable [] add(Bls12381 curve, byte[] a, byte[] b);

  abstract byte @Nullable [] sum(Bls12381 curve, List<byte[]> points, List<BigInteger> scalars);

  abstract byte @Nullable [] map(byte[] element);
}
