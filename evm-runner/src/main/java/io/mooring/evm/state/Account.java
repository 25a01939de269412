package io.mooring.evm.state;

import io.mooring.evm.Address;
import io.mooring.evm.Hash;
import io.mooring.evm.U256;
import org.jspecify.annotations.Nullable;

/**
 * One account as a {@link WorldState} sees it, read from the source when its data is first needed.
 *
 * <p>Whoever holds one may keep it as long as the state it came from; what it says is always now.
 */
public final class Account {
  private static final int NEVER = 0;

  private final Address address;
  private final StateSource source;

  private boolean loaded;
  private @Nullable AccountState base;

  boolean exists;
  long nonce;
  U256 balance = U256.ZERO;
  Hash codeHash = Hash.OF_NOTHING;
  @Nullable Code code;

  Slots slots = new Slots();
  @Nullable Slots transientSlots;

  /** Whether the source's storage no longer counts. */
  boolean storageCleared;

  // The transactions in which each of these became true.
  int warmIn = NEVER;
  int touchedIn = NEVER;
  int createdIn = NEVER;
  int destructedIn = NEVER;

  Account(Address address, StateSource source) {
    this.address = address;
    this.source = source;
  }

  public Address address() {
    return address;
  }

  public boolean exists() {
    load();
    return exists;
  }

  /** Absent, or empty as EIP-161 says it. */
  public boolean isDead() {
    load();
    return !exists || (nonce == 0 && balance.isZero() && codeHash.equals(Hash.OF_NOTHING));
  }

  public long nonce() {
    load();
    return nonce;
  }

  public U256 balance() {
    load();
    return balance;
  }

  /** The hash of no code for an absent account, too: ask {@link #exists} where it matters. */
  public Hash codeHash() {
    load();
    return codeHash;
  }

  public Code code() {
    load();
    Code known = code;
    if (known == null) {
      known = codeHash.equals(Hash.OF_NOTHING) ? Code.NONE : source.code(codeHash);
      code = known;
    }
    return known;
  }

  /** Whether a contract may not be put here (EIP-684 and EIP-7610). */
  public boolean isTaken() {
    load();
    return nonce != 0
        || !codeHash.equals(Hash.OF_NOTHING)
        || (exists && !storageCleared && source.hasStorage(address));
  }

  @Nullable AccountState base() {
    return base;
  }

  AccountState now() {
    return new AccountState(nonce, balance, codeHash);
  }

  U256 sourceStorage(U256 key) {
    load();
    return storageCleared || base == null ? U256.ZERO : source.storage(address, key);
  }

  void load() {
    if (!loaded) {
      loaded = true;
      base = source.account(address).orElse(null);
      if (base != null) {
        exists = true;
        nonce = base.nonce();
        balance = base.balance();
        codeHash = base.codeHash();
      }
    }
  }

  boolean isLoaded() {
    return loaded;
  }

  /** Ends the account: a later transaction may find a new one here. */
  void delete() {
    exists = false;
    nonce = 0;
    balance = U256.ZERO;
    codeHash = Hash.OF_NOTHING;
    code = null;
    slots = new Slots();
    storageCleared = true;
  }
}
