package io.mooring.evm.besu;

import io.mooring.evm.BlockContext;
import java.util.Optional;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;
import org.hyperledger.besu.datatypes.Wei;
import org.hyperledger.besu.evm.frame.BlockValues;

/** The block that Besu's instructions ask about. */
record BlockOfContext(BlockContext block) implements BlockValues {
  @Override
  public Bytes getDifficultyBytes() {
    return Words.bytes32(block.difficulty());
  }

  @Override
  public Bytes32 getMixHashOrPrevRandao() {
    return Words.bytes32(block.difficulty());
  }

  @Override
  public Optional<Wei> getBaseFee() {
    return Optional.of(Words.wei(block.baseFee()));
  }

  @Override
  public long getNumber() {
    return block.number();
  }

  @Override
  public long getTimestamp() {
    return block.timestamp();
  }

  @Override
  public long getGasLimit() {
    return block.gasLimit();
  }
}
