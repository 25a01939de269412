package io.mooring.evm.block;

import io.mooring.evm.Fork;
import io.mooring.evm.U256;
import io.mooring.evm.transaction.BlobSchedule;
import io.mooring.evm.transaction.Transaction.Blob;
import java.math.BigInteger;

/** How a block's prices follow from the block before (EIP-1559, EIP-4844, EIP-7918). */
public final class FeeMarket {
  /** The base fee of the first block that has one. */
  public static final U256 INITIAL_BASE_FEE = U256.of(1_000_000_000);

  private static final long ELASTICITY = 2;
  private static final BigInteger CHANGE_DENOMINATOR = BigInteger.valueOf(8);

  /** What executing a blob's proof is taken to cost at least (EIP-7918). */
  private static final BigInteger BLOB_BASE_COST = BigInteger.valueOf(1 << 13);

  private FeeMarket() {}

  public static U256 nextBaseFee(U256 parentBaseFee, long parentGasLimit, long parentGasUsed) {
    long target = parentGasLimit / ELASTICITY;
    BigInteger fee = parentBaseFee.toBigInteger();
    if (parentGasUsed == target || target == 0) {
      return parentBaseFee;
    }
    BigInteger change =
        fee.multiply(BigInteger.valueOf(Math.abs(parentGasUsed - target)))
            .divide(BigInteger.valueOf(target))
            .divide(CHANGE_DENOMINATOR);
    return U256.of(
        parentGasUsed > target ? fee.add(change.max(BigInteger.ONE)) : fee.subtract(change));
  }

  /**
   * The blob gas beyond the target that has piled up before the next block, which has these rules.
   */
  public static long nextExcessBlobGas(
      Fork fork,
      BlobSchedule schedule,
      long parentExcessBlobGas,
      long parentBlobGasUsed,
      U256 parentBaseFee) {
    long target = schedule.target() * Blob.GAS_PER_BLOB;
    long sum = parentExcessBlobGas + parentBlobGasUsed;
    if (sum < target) {
      return 0;
    }
    BigInteger execution = BLOB_BASE_COST.multiply(parentBaseFee.toBigInteger());
    BigInteger blob =
        schedule
            .baseFee(parentExcessBlobGas)
            .toBigInteger()
            .multiply(BigInteger.valueOf(Blob.GAS_PER_BLOB));
    return fork.includes(Fork.OSAKA) && execution.compareTo(blob) > 0
        ? parentExcessBlobGas
            + parentBlobGasUsed * (schedule.max() - schedule.target()) / schedule.max()
        : sum - target;
  }
}
