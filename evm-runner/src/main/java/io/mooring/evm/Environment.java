package io.mooring.evm;

import io.mooring.evm.precompile.Precompiles;

/**
 * Everything around a message that its code can ask about, and the limits it runs under.
 *
 * @param precompiles those of the fork, unless a simulation moved some
 */
public record Environment(
    Fork fork,
    BlockContext block,
    TransactionContext transaction,
    Limits limits,
    Precompiles precompiles) {

  /** The usual one, with the fork's own precompiles. */
  public Environment(Fork fork, BlockContext block, TransactionContext transaction, Limits limits) {
    this(fork, block, transaction, limits, Precompiles.of(fork));
  }
}
