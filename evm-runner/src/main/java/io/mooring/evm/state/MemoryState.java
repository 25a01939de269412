package io.mooring.evm.state;

import io.mooring.evm.Address;
import io.mooring.evm.Hash;
import io.mooring.evm.U256;
import io.mooring.evm.state.StateChanges.AccountChange;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A state kept in memory, for tests, for tools and for executions that start from nothing. */
public final class MemoryState implements StateSource {
  private final SortedMap<Address, AccountState> accounts = new TreeMap<>();
  private final Map<Address, SortedMap<U256, U256>> storage = new TreeMap<>();
  private final Map<Hash, Code> codes = new TreeMap<>();

  public MemoryState() {
    codes.put(Hash.OF_NOTHING, Code.NONE);
  }

  public MemoryState copy() {
    MemoryState copy = new MemoryState();
    copy.codes.putAll(codes);
    copy.accounts.putAll(accounts);
    storage.forEach((address, slots) -> copy.storage.put(address, new TreeMap<>(slots)));
    return copy;
  }

  /** Puts an account there, with its code, and keeps the storage it may have. */
  public MemoryState put(Address address, long nonce, U256 balance, Code code) {
    codes.put(code.hash(), code);
    accounts.put(address, new AccountState(nonce, balance, code.hash()));
    return this;
  }

  public MemoryState putStorage(Address address, U256 slot, U256 value) {
    SortedMap<U256, U256> slots = storage.computeIfAbsent(address, a -> new TreeMap<>());
    if (value.isZero()) {
      slots.remove(slot);
    } else {
      slots.put(slot, value);
    }
    return this;
  }

  /** Makes a write-set part of this state. */
  public void apply(StateChanges changes) {
    codes.putAll(changes.codes());
    changes
        .accounts()
        .forEach(
            (address, change) -> {
              switch (change) {
                case AccountChange.Deleted deleted -> {
                  accounts.remove(address);
                  storage.remove(address);
                }
                case AccountChange.Written written -> {
                  accounts.put(address, written.after());
                  if (written.storageCleared()) {
                    storage.remove(address);
                  }
                  written.storage().forEach((slot, value) -> putStorage(address, slot, value));
                }
              }
            });
  }

  public SortedMap<Address, AccountState> accounts() {
    return Collections.unmodifiableSortedMap(accounts);
  }

  /** The slots of one account that are not zero. */
  public SortedMap<U256, U256> storage(Address address) {
    return Collections.unmodifiableSortedMap(
        storage.getOrDefault(address, Collections.emptySortedMap()));
  }

  @Override
  public Optional<AccountState> account(Address address) {
    return Optional.ofNullable(accounts.get(address));
  }

  @Override
  public U256 storage(Address address, U256 slot) {
    return storage(address).getOrDefault(slot, U256.ZERO);
  }

  @Override
  public boolean hasStorage(Address address) {
    return !storage(address).isEmpty();
  }

  @Override
  public Code code(Hash codeHash) {
    Code code = codes.get(codeHash);
    if (code == null) {
      throw new IllegalStateException("no code is kept under " + codeHash);
    }
    return code;
  }
}
