package io.mooring.contracts.chain;

import io.mooring.ledgers.Ledger;

/** The chains of all tenants, opened when they are first asked for. Thread-safe. */
public interface Chains {
  /**
   * The chain that a ledger is; whoever asks has seen to it that the caller may read the ledger.
   *
   * @throws io.mooring.platform.problem.RefusedException if the ledger is of another kind
   */
  Chain of(Ledger ledger);
}
