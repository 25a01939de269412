package io.mooring.evm.state;

import io.mooring.evm.Hash;
import io.mooring.evm.U256;

/** What an account holds besides its storage; {@code nonce} is unsigned. */
public record AccountState(long nonce, U256 balance, Hash codeHash) {
  public static final AccountState EMPTY = new AccountState(0, U256.ZERO, Hash.OF_NOTHING);

  /** Empty as EIP-161 says it: no nonce, no balance and no code. */
  public boolean isEmpty() {
    return nonce == 0 && balance.isZero() && codeHash.equals(Hash.OF_NOTHING);
  }
}
