package io.mooring.contracts.simulation;

import io.mooring.contracts.simulation.CallRefused.Reason;
import io.mooring.evm.Address;
import io.mooring.evm.Hash;
import io.mooring.evm.U256;
import io.mooring.evm.precompile.Precompiles;
import io.mooring.evm.state.AccountState;
import io.mooring.evm.state.Code;
import io.mooring.evm.state.StateChanges;
import io.mooring.evm.state.StateChanges.AccountChange;
import io.mooring.evm.state.StateSource;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The accounts that a simulation wants to be different. */
public record StateOverrides(SortedMap<Address, AccountOverride> accounts) {
  public static final StateOverrides NONE = new StateOverrides(Collections.emptySortedMap());

  public StateOverrides {
    accounts = Collections.unmodifiableSortedMap(new TreeMap<>(accounts));
  }

  /** The overrides as a write-set on a state. */
  public StateChanges changes(StateSource before) {
    SortedMap<Address, AccountChange> changed = new TreeMap<>();
    SortedMap<Hash, Code> codes = new TreeMap<>();
    accounts.forEach(
        (address, override) -> {
          Optional<AccountState> known = before.account(address);
          AccountState was = known.orElse(AccountState.EMPTY);
          Long nonce = override.nonce();
          U256 balance = override.balance();
          Code code = override.code();
          if (code != null) {
            codes.put(code.hash(), code);
          }
          AccountState is =
              new AccountState(
                  nonce == null ? was.nonce() : nonce,
                  balance == null ? was.balance() : balance,
                  code == null ? was.codeHash() : code.hash());
          Map<U256, U256> whole = override.state();
          Map<U256, U256> diff = override.stateDiff();
          if (whole == null && diff == null && known.isEmpty() && is.isEmpty()) {
            return;
          }
          changed.put(
              address,
              new AccountChange.Written(
                  is,
                  whole != null,
                  new TreeMap<>(whole != null ? whole : diff != null ? diff : Map.of())));
        });
    codes.remove(Hash.OF_NOTHING);
    return new StateChanges(changed, codes);
  }

  /** The precompiled contracts that are left where they are, or stand where they were moved. */
  public Precompiles precompiles(Precompiles usual) {
    Set<Address> removed = new HashSet<>();
    Map<Address, Address> moved = new LinkedHashMap<>();
    accounts.forEach(
        (address, override) -> {
          boolean isPrecompile = usual.at(address) != null;
          Address to = override.movePrecompileTo();
          if (to != null) {
            if (!isPrecompile) {
              throw new CallRefused(
                  Reason.OVERRIDES, "account " + Checksum.of(address) + " is not a precompile");
            }
            if (accounts.containsKey(to)) {
              throw new CallRefused(
                  Reason.OVERRIDES, "account " + Checksum.of(to) + " is already overridden");
            }
            moved.put(address, to);
          }
          if (isPrecompile) {
            removed.add(address);
          }
        });
    return removed.isEmpty() ? usual : usual.with(removed, moved);
  }
}
