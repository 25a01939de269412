package io.mooring.contracts.simulation;

import io.mooring.evm.Address;
import io.mooring.evm.Hash;
import io.mooring.evm.U256;
import io.mooring.evm.state.AccountState;
import io.mooring.evm.state.Code;
import io.mooring.evm.state.StateChanges;
import io.mooring.evm.state.StateChanges.AccountChange;
import io.mooring.evm.state.StateSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A state with changes on top that nobody else sees. Not thread-safe. */
public final class SimulatedState implements StateSource {
  private final StateSource base;
  private final Map<Address, Optional<AccountState>> accounts = new HashMap<>();
  private final Map<Address, Map<U256, U256>> storage = new HashMap<>();
  private final Map<Hash, Code> codes = new HashMap<>();

  /** Accounts of whose storage the base says nothing any more. */
  private final Set<Address> cleared = new HashSet<>();

  public SimulatedState(StateSource base) {
    this.base = base;
  }

  public SimulatedState apply(StateChanges changes) {
    codes.putAll(changes.codes());
    changes
        .accounts()
        .forEach(
            (address, change) -> {
              switch (change) {
                case AccountChange.Deleted deleted -> {
                  accounts.put(address, Optional.empty());
                  clear(address);
                }
                case AccountChange.Written written -> {
                  accounts.put(address, Optional.of(written.after()));
                  if (written.storageCleared()) {
                    clear(address);
                  }
                  storage
                      .computeIfAbsent(address, absent -> new HashMap<>())
                      .putAll(written.storage());
                }
              }
            });
    return this;
  }

  private void clear(Address address) {
    cleared.add(address);
    storage.remove(address);
  }

  @Override
  public Optional<AccountState> account(Address address) {
    Optional<AccountState> changed = accounts.get(address);
    return changed == null ? base.account(address) : changed;
  }

  @Override
  public U256 storage(Address address, U256 slot) {
    U256 changed = storage.getOrDefault(address, Map.of()).get(slot);
    if (changed != null) {
      return changed;
    }
    return cleared.contains(address) ? U256.ZERO : base.storage(address, slot);
  }

  /** True also where every slot of the base was set to zero, which no rule notices here. */
  @Override
  public boolean hasStorage(Address address) {
    boolean changed =
        storage.getOrDefault(address, Map.of()).values().stream().anyMatch(v -> !v.isZero());
    return changed || !cleared.contains(address) && base.hasStorage(address);
  }

  @Override
  public Code code(Hash codeHash) {
    Code code = codes.get(codeHash);
    return code == null ? base.code(codeHash) : code;
  }
}
