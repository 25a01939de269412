package io.mooring.evm.besu;

import io.mooring.evm.state.Account;
import io.mooring.evm.state.WorldState;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.hyperledger.besu.datatypes.Address;
import org.hyperledger.besu.datatypes.Wei;
import org.hyperledger.besu.evm.account.MutableAccount;
import org.hyperledger.besu.evm.worldstate.WorldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * A {@link WorldState} as one of Besu's frames sees it. Frames nest strictly, so an updater is no
 * more than a snapshot: to revert is to go back to it, and there is nothing to commit.
 */
final class JournaledUpdater implements WorldUpdater {
  private final WorldState state;
  private final @Nullable JournaledUpdater parent;
  private final int snapshot;

  JournaledUpdater(WorldState state, @Nullable JournaledUpdater parent) {
    this.state = state;
    this.parent = parent;
    this.snapshot = state.snapshot();
  }

  @Override
  public @Nullable MutableAccount get(Address address) {
    Account account = state.account(Words.mooring(address));
    return account.exists() ? new JournaledAccount(state, account) : null;
  }

  /** Whoever asks for an account to write to it touches it, as EIP-161 means that. */
  @Override
  public @Nullable MutableAccount getAccount(Address address) {
    Account account = state.account(Words.mooring(address));
    if (!account.exists()) {
      return null;
    }
    state.touch(account);
    return new JournaledAccount(state, account);
  }

  @Override
  public MutableAccount createAccount(Address address, long nonce, Wei balance) {
    MutableAccount account = new JournaledAccount(state, state.account(Words.mooring(address)));
    account.setNonce(nonce);
    account.setBalance(balance);
    return account;
  }

  @Override
  public void deleteAccount(Address address) {
    state.destruct(state.account(Words.mooring(address)));
  }

  @Override
  public WorldUpdater updater() {
    return new JournaledUpdater(state, this);
  }

  @Override
  public void revert() {
    state.revertTo(snapshot);
  }

  @Override
  public void commit() {
    // What was done is in the state already.
  }

  @Override
  public Optional<WorldUpdater> parentUpdater() {
    return Optional.ofNullable(parent);
  }

  /** None: the state itself knows what was touched, and clears it at the transaction's end. */
  @Override
  public Collection<MutableAccount> getTouchedAccounts() {
    return List.of();
  }

  @Override
  public Collection<Address> getDeletedAccountAddresses() {
    return List.of();
  }
}
