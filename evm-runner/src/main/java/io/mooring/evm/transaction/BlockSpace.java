package io.mooring.evm.transaction;

/** What is left of a block's gas and blob gas for transactions still to come; both unsigned. */
public record BlockSpace(long gas, long blobGas) {
  public BlockSpace after(TransactionResult.Executed executed) {
    return new BlockSpace(gas - executed.gasUsed(), blobGas - executed.blobGasUsed());
  }
}
