package io.mooring.evm.trie;

import io.mooring.evm.Address;
import io.mooring.evm.Hash;
import io.mooring.evm.U256;
import io.mooring.evm.state.AccountState;
import io.mooring.evm.state.Code;
import io.mooring.evm.state.StateSource;
import java.util.Optional;
import java.util.function.Function;

/** The state under a root, read from its trie; codes come from wherever they are kept. */
public final class TrieState implements StateSource {
  private final StateTrie trie;
  private final Function<Hash, Code> codes;

  public TrieState(StateTrie trie, Function<Hash, Code> codes) {
    this.trie = trie;
    this.codes = codes;
  }

  @Override
  public Optional<AccountState> account(Address address) {
    return trie.account(address)
        .map(held -> new AccountState(held.nonce(), held.balance(), held.codeHash()));
  }

  @Override
  public U256 storage(Address address, U256 slot) {
    return trie.storage(address, slot);
  }

  @Override
  public boolean hasStorage(Address address) {
    return trie.account(address)
        .filter(held -> !held.storageRoot().equals(MerkleTrie.EMPTY_ROOT))
        .isPresent();
  }

  @Override
  public Code code(Hash codeHash) {
    return codeHash.equals(Hash.OF_NOTHING) ? Code.NONE : codes.apply(codeHash);
  }
}
