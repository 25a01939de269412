package io.mooring.contracts.chain;

import io.mooring.evm.state.StateSource;
import io.mooring.evm.trie.StateTrie;

/** The state after one block. */
public interface ChainState {
  long number();

  /** Accounts, storage and code; may be read by many threads. */
  StateSource source();

  /** The tries of the same state, for proofs and roots; the caller's own, not thread-safe. */
  StateTrie trie();
}
