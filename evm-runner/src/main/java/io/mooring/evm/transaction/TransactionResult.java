package io.mooring.evm.transaction;

import io.mooring.evm.Address;
import io.mooring.evm.Halt;
import io.mooring.evm.Log;
import io.mooring.evm.Outcome;
import io.mooring.evm.U256;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What became of a transaction; what it changed is in the state it ran on. */
public sealed interface TransactionResult {
  /**
   * It is part of the block, was paid for, and did what {@code outcome} says.
   *
   * @param gasUsed what was paid for, refunds and floor included
   * @param gasRefunded what was taken off for cleared storage and known authorities
   * @param gasPrice what a unit of gas cost the sender
   * @param newContract where the contract stands that it made, if it was to make one
   */
  record Executed(
      Outcome outcome,
      long gasUsed,
      long gasRefunded,
      long blobGasUsed,
      U256 gasPrice,
      @Nullable Address newContract)
      implements TransactionResult {
    public boolean isSuccess() {
      return outcome.isSuccess();
    }

    public List<Log> logs() {
      return isSuccess() ? outcome.logs() : List.of();
    }

    public Optional<Address> contract() {
      return Optional.ofNullable(newContract);
    }
  }

  /** It may not be in the block; nothing was charged and nothing changed. */
  record Refused(Refusal refusal) implements TransactionResult {}

  /** We stopped it, which is our fault: nothing was charged and nothing changed. */
  record Interrupted(Halt halt) implements TransactionResult {}
}
