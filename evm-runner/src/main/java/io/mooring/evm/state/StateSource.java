package io.mooring.evm.state;

import io.mooring.evm.Address;
import io.mooring.evm.Hash;
import io.mooring.evm.U256;
import java.util.Optional;

/** The accounts, storage and code that an execution starts from, as a store serves them. */
public interface StateSource {
  Optional<AccountState> account(Address address);

  /** Zero where the slot was never written. */
  U256 storage(Address address, U256 slot);

  /** Whether the account has any slot that is not zero (EIP-7610). */
  boolean hasStorage(Address address);

  /** The code with this hash, which an account of this source names. */
  Code code(Hash codeHash);
}
