package io.mooring.contracts.build;

import io.mooring.contracts.chain.ChainBlock;
import io.mooring.contracts.chain.ChainState;
import io.mooring.contracts.state.StateStore;
import io.mooring.evm.Address;
import io.mooring.evm.state.AccountState;
import io.mooring.evm.state.StateSource;
import io.mooring.evm.trie.StateTrie;
import io.mooring.evm.trie.TrieState;

/**
 * A committed block and the state after it; nobody changes the trie.
 *
 * @param commit the number of the commit that carries the block
 * @param log the ledger's head after that commit
 */
record Head(
    ChainBlock block, StateTrie frozen, StateStore store, long commit, io.mooring.ledger.Head log)
    implements ChainState {
  @Override
  public long number() {
    return block.number();
  }

  @Override
  public StateSource source() {
    return new TrieState(frozen, store::code);
  }

  @Override
  public StateTrie trie() {
    return frozen.copy();
  }

  long nonce(Address sender) {
    return source().account(sender).map(AccountState::nonce).orElse(0L);
  }
}
