package io.mooring.contracts.simulation;

import io.mooring.evm.Address;
import io.mooring.evm.BlockContext;
import io.mooring.evm.Hash;
import io.mooring.evm.U256;
import io.mooring.evm.block.Withdrawal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a simulation wants a block to say of itself; what is null follows from the chain. */
public record BlockOverrides(
    @Nullable Long number,
    @Nullable U256 difficulty,
    @Nullable Long time,
    @Nullable Long gasLimit,
    @Nullable Address feeRecipient,
    @Nullable Hash prevRandao,
    @Nullable U256 baseFeePerGas,
    @Nullable U256 blobBaseFee,
    @Nullable Hash beaconRoot,
    List<Withdrawal> withdrawals) {
  public static final BlockOverrides NONE =
      new BlockOverrides(null, null, null, null, null, null, null, null, null, List.of());

  public BlockOverrides {
    withdrawals = List.copyOf(withdrawals);
  }

  public BlockOverrides at(long numberUsed, long timeUsed) {
    return new BlockOverrides(
        numberUsed,
        difficulty,
        timeUsed,
        gasLimit,
        feeRecipient,
        prevRandao,
        baseFeePerGas,
        blobBaseFee,
        beaconRoot,
        withdrawals);
  }

  public BlockContext apply(BlockContext block) {
    return new BlockContext(
        number == null ? block.number() : number,
        time == null ? block.timestamp() : time,
        gasLimit == null ? block.gasLimit() : gasLimit,
        feeRecipient == null ? block.coinbase() : feeRecipient,
        prevRandao == null ? block.difficulty() : prevRandao.word(),
        baseFeePerGas == null ? block.baseFee() : baseFeePerGas,
        blobBaseFee == null ? block.blobBaseFee() : blobBaseFee,
        block.chainId(),
        block.hashes());
  }
}
