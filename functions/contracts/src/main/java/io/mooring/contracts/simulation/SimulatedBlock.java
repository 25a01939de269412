package io.mooring.contracts.simulation;

import io.mooring.contracts.chain.ChainBlock;
import io.mooring.evm.Log;
import io.mooring.evm.transaction.TransactionResult;
import java.util.List;

/** A block that a simulation made, and how each of its calls went. */
public record SimulatedBlock(ChainBlock block, List<Call> calls) {
  public SimulatedBlock {
    calls = List.copyOf(calls);
  }

  /**
   * One call.
   *
   * @param gasUsedMost before anything was refunded
   * @param logs with their numbers in the block, movements of ether among them if asked for
   */
  public record Call(
      TransactionResult.Executed executed, long gasUsedMost, List<NumberedLog> logs) {
    public Call {
      logs = List.copyOf(logs);
    }
  }

  /** A log and its number in the block. */
  public record NumberedLog(Log log, int index) {}
}
