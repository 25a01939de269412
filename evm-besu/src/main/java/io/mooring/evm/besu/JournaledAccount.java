package io.mooring.evm.besu;

import io.mooring.evm.state.Account;
import io.mooring.evm.state.Code;
import io.mooring.evm.state.Slot;
import io.mooring.evm.state.WorldState;
import java.util.Map;
import java.util.NavigableMap;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;
import org.apache.tuweni.units.bigints.UInt256;
import org.hyperledger.besu.datatypes.Address;
import org.hyperledger.besu.datatypes.Hash;
import org.hyperledger.besu.datatypes.Wei;
import org.hyperledger.besu.evm.account.AccountStorageEntry;
import org.hyperledger.besu.evm.account.MutableAccount;

/** An account of a {@link WorldState} as Besu reads and writes it; the state keeps the journal. */
final class JournaledAccount implements MutableAccount {
  private final WorldState state;
  private final Account account;
  private final Address address;

  JournaledAccount(WorldState state, Account account) {
    this.state = state;
    this.account = account;
    this.address = Words.besu(account.address());
  }

  @Override
  public Address getAddress() {
    return address;
  }

  @Override
  public Hash getAddressHash() {
    return address.addressHash();
  }

  @Override
  public long getNonce() {
    return account.nonce();
  }

  @Override
  public void setNonce(long nonce) {
    state.setNonce(account, nonce);
  }

  @Override
  public Wei getBalance() {
    return Words.wei(account.balance());
  }

  @Override
  public void setBalance(Wei balance) {
    state.setBalance(account, Words.u256(balance));
  }

  @Override
  public Bytes getCode() {
    return Bytes.wrap(account.code().bytes());
  }

  @Override
  public Hash getCodeHash() {
    return Words.besu(account.codeHash());
  }

  @Override
  public void setCode(Bytes code) {
    state.setCode(account, Code.of(code.toArrayUnsafe()));
  }

  @Override
  public UInt256 getStorageValue(UInt256 key) {
    return Words.uint256(slot(key).current());
  }

  @Override
  public UInt256 getOriginalStorageValue(UInt256 key) {
    return Words.uint256(slot(key).original());
  }

  @Override
  public void setStorageValue(UInt256 key, UInt256 value) {
    state.set(slot(key), Words.u256(value));
  }

  /** Besu clears the storage of a contract exactly when it makes it. */
  @Override
  public void clearStorage() {
    state.markCreated(account);
  }

  /** Besu asks only of an account without nonce and code, where taken means that it has storage. */
  @Override
  public boolean isStorageEmpty() {
    return !account.isTaken();
  }

  @Override
  public NavigableMap<Bytes32, AccountStorageEntry> storageEntriesFrom(Bytes32 from, int limit) {
    throw new UnsupportedOperationException("an execution does not walk through storage");
  }

  @Override
  public Map<UInt256, UInt256> getUpdatedStorage() {
    throw new UnsupportedOperationException("the journal of the state knows what was updated");
  }

  @Override
  public void becomeImmutable() {
    throw new UnsupportedOperationException("Besu's frames say themselves when they are static");
  }

  private Slot slot(UInt256 key) {
    var word = Words.u256(key);
    return state.slot(account, word.w3(), word.w2(), word.w1(), word.w0());
  }
}
