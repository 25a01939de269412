package io.mooring.evm.state;

import io.mooring.evm.Address;
import io.mooring.evm.Hash;
import io.mooring.evm.U256;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The write-set of an execution: how the state after it differs from its source.
 *
 * @param codes the new codes that written accounts name
 */
public record StateChanges(
    SortedMap<Address, AccountChange> accounts, SortedMap<Hash, Code> codes) {
  public static final StateChanges NONE =
      new StateChanges(Collections.emptySortedMap(), Collections.emptySortedMap());

  public StateChanges {
    accounts = Collections.unmodifiableSortedMap(new TreeMap<>(accounts));
    codes = Collections.unmodifiableSortedMap(new TreeMap<>(codes));
  }

  public boolean isEmpty() {
    return accounts.isEmpty();
  }

  /** What became of one account. */
  public sealed interface AccountChange {
    /** The account and all its storage are gone. */
    record Deleted() implements AccountChange {}

    /**
     * The account is as {@code after} says.
     *
     * @param storageCleared whether everything the source has in storage is gone before {@code
     *     storage} is applied
     * @param storage the slots that differ; zero means absent
     */
    record Written(AccountState after, boolean storageCleared, SortedMap<U256, U256> storage)
        implements AccountChange {
      public Written {
        storage = Collections.unmodifiableSortedMap(new TreeMap<>(storage));
      }
    }
  }
}
