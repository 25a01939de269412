package io.mooring.evm.transaction;

import io.mooring.evm.Fork;
import io.mooring.evm.U256;
import java.math.BigInteger;

/**
 * How many blobs a block aims at and may have, and how fast their price follows (EIP-7840).
 *
 * @param perTransactionMax the limit of EIP-7594 for one transaction
 */
public record BlobSchedule(int target, int max, int perTransactionMax, long updateFraction) {
  public static final BlobSchedule NONE = new BlobSchedule(0, 0, 0, 1);
  public static final BlobSchedule CANCUN = new BlobSchedule(3, 6, 6, 3_338_477);
  public static final BlobSchedule PRAGUE = new BlobSchedule(6, 9, 9, 5_007_716);
  public static final BlobSchedule OSAKA = new BlobSchedule(6, 9, 6, 5_007_716);

  private static final BigInteger MIN_BASE_FEE = BigInteger.ONE;
  private static final BigInteger WORD_MAX = BigInteger.TWO.pow(256).subtract(BigInteger.ONE);
  private static final long EXCESS_BLOB_GAS_MAX_EXPONENT = 200;

  public static BlobSchedule of(Fork fork) {
    if (fork.includes(Fork.OSAKA)) {
      return OSAKA;
    }
    if (fork.includes(Fork.PRAGUE)) {
      return PRAGUE;
    }
    return fork.includes(Fork.CANCUN) ? CANCUN : NONE;
  }

  public long blobGasMax() {
    return max * Transaction.Blob.GAS_PER_BLOB;
  }

  /**
   * The price of a unit of blob gas where {@code excessBlobGas} has piled up; at most 2^256 - 1.
   */
  public U256 baseFee(long excessBlobGas) {
    if (Long.compareUnsigned(excessBlobGas, EXCESS_BLOB_GAS_MAX_EXPONENT * updateFraction) > 0) {
      return U256.of(WORD_MAX);
    }
    // The series of e^(excess / fraction), as EIP-4844's fake_exponential sums it.
    BigInteger excess = BigInteger.valueOf(excessBlobGas);
    BigInteger fraction = BigInteger.valueOf(updateFraction);
    BigInteger sum = BigInteger.ZERO;
    BigInteger term = MIN_BASE_FEE.multiply(fraction);
    for (long i = 1; term.signum() > 0; i++) {
      sum = sum.add(term);
      term = term.multiply(excess).divide(fraction.multiply(BigInteger.valueOf(i)));
    }
    return U256.of(sum.divide(fraction).min(WORD_MAX));
  }
}
