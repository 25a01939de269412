package io.mooring.evm.state;

import io.mooring.evm.Address;
import io.mooring.evm.Fork;
import io.mooring.evm.Hash;
import io.mooring.evm.Log;
import io.mooring.evm.U256;
import io.mooring.evm.state.StateChanges.AccountChange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The state as the transactions of one block see it: a source, what was changed since, and a
 * journal that can take back what the running transaction did.
 *
 * <p>Not thread-safe. A snapshot is the journal's length; {@link #revertTo} undoes everything
 * written after it, warmth and logs included.
 */
public final class WorldState {
  /** The account whose touch outlives a revert, as mainnet's block 2,675,119 made a rule. */
  private static final Address RIPEMD = new Address(0, 0, 3);

  private final StateSource source;
  private final Map<Address, Account> accounts = new HashMap<>();
  private final Journal journal = new Journal();

  private int transaction = 1;
  private long refund;
  private final List<Log> logs = new ArrayList<>();
  private final List<Account> created = new ArrayList<>();
  private final List<Account> destructed = new ArrayList<>();
  private final List<Account> touched = new ArrayList<>();

  public WorldState(StateSource source) {
    this.source = source;
  }

  // ---- transactions ----

  /** Forgets warmth, refunds, logs and transient storage; what is now is the new original. */
  public void beginTransaction() {
    transaction++;
    refund = 0;
    journal.clear();
    logs.clear();
    created.clear();
    destructed.clear();
    touched.clear();
  }

  /** Removes what destructed itself and, since Spurious Dragon, what was touched and is empty. */
  public void endTransaction(Fork fork) {
    for (Account account : destructed) {
      account.delete();
    }
    if (fork.includes(Fork.SPURIOUS_DRAGON)) {
      for (Account account : touched) {
        if (account.isDead()) {
          account.delete();
        }
      }
    }
    journal.clear();
  }

  public int snapshot() {
    return journal.length();
  }

  public void revertTo(int snapshot) {
    journal.undoTo(snapshot, this);
  }

  /** How the state differs from its source now. */
  public StateChanges changes() {
    SortedMap<Address, AccountChange> changed = new TreeMap<>();
    SortedMap<Hash, Code> codes = new TreeMap<>();
    for (Account account : accounts.values()) {
      if (!account.isLoaded()) {
        continue;
      }
      AccountState base = account.base();
      if (!account.exists) {
        if (base != null) {
          changed.put(account.address(), new AccountChange.Deleted());
        }
        continue;
      }
      SortedMap<U256, U256> storage = new TreeMap<>();
      for (Slot slot : account.slots.all()) {
        if (!slot.current().equals(slot.base())) {
          storage.put(slot.key(), slot.current());
        }
      }
      AccountState now = account.now();
      boolean cleared = account.storageCleared && base != null;
      if (!now.equals(base) || cleared || !storage.isEmpty()) {
        changed.put(account.address(), new AccountChange.Written(now, cleared, storage));
        if (base == null || !now.codeHash().equals(base.codeHash())) {
          codes.put(now.codeHash(), account.code());
        }
      }
    }
    codes.remove(Hash.OF_NOTHING);
    return new StateChanges(changed, codes);
  }

  // ---- accounts ----

  /** The account at this address, which need not exist; asking neither warms nor reads it. */
  public Account account(Address address) {
    Account account = accounts.get(address);
    if (account == null) {
      account = new Account(address, source);
      accounts.put(address, account);
    }
    return account;
  }

  public long nonce(Address address) {
    return account(address).nonce();
  }

  public U256 balance(Address address) {
    return account(address).balance();
  }

  public Code code(Address address) {
    return account(address).code();
  }

  /** Makes the account exist and marks it for removal if the transaction leaves it empty. */
  public void touch(Account account) {
    account.load();
    if (!account.exists) {
      journal.existed(account, false);
      account.exists = true;
    }
    if (account.touchedIn != transaction) {
      journal.touched(account, account.touchedIn);
      account.touchedIn = transaction;
      touched.add(account);
    }
  }

  public void credit(Address address, U256 amount) {
    credit(account(address), amount);
  }

  public void credit(Account account, U256 amount) {
    touch(account);
    if (!amount.isZero()) {
      setBalance(account, account.balance.plus(amount));
    }
  }

  public void debit(Address address, U256 amount) {
    debit(account(address), amount);
  }

  /** Takes {@code amount}, which the caller has seen to be there. */
  public void debit(Account account, U256 amount) {
    touch(account);
    if (account.balance.compareTo(amount) < 0) {
      throw new IllegalStateException(
          account.address() + " has " + account.balance + ", not " + amount);
    }
    if (!amount.isZero()) {
      setBalance(account, account.balance.minus(amount));
    }
  }

  public void setBalance(Account account, U256 balance) {
    touch(account);
    journal.balance(account, account.balance);
    account.balance = balance;
  }

  public void setNonce(Address address, long nonce) {
    setNonce(account(address), nonce);
  }

  public void setNonce(Account account, long nonce) {
    touch(account);
    journal.nonce(account, account.nonce);
    account.nonce = nonce;
  }

  public void setCode(Address address, Code code) {
    setCode(account(address), code);
  }

  public void setCode(Account account, Code code) {
    touch(account);
    journal.code(account, account.codeHash, account.code);
    account.codeHash = code.hash();
    account.code = code;
  }

  /** Marks the account as made by this transaction, which EIP-6780 asks about. */
  public void markCreated(Account account) {
    touch(account);
    journal.created(account, account.createdIn);
    account.createdIn = transaction;
    created.add(account);
  }

  public boolean isCreatedNow(Account account) {
    return account.createdIn == transaction;
  }

  /** How many creations stand; with {@link #createdSince} it tells what a message made. */
  public int createdCount() {
    return created.size();
  }

  public List<Address> createdSince(int count) {
    return created.subList(count, created.size()).stream().map(Account::address).toList();
  }

  /** Marks the account for removal at the end of the transaction; false where it was already. */
  public boolean destruct(Account account) {
    if (account.destructedIn == transaction) {
      return false;
    }
    touch(account);
    journal.destructed(account, account.destructedIn);
    account.destructedIn = transaction;
    destructed.add(account);
    return true;
  }

  // ---- storage ----

  public U256 storage(Address address, U256 key) {
    return slot(account(address), key.w3(), key.w2(), key.w1(), key.w0()).current();
  }

  /** A slot of the account, the most significant limb of its key first. */
  public Slot slot(Account account, long key3, long key2, long key1, long key0) {
    Slot slot = account.slots.find(key3, key2, key1, key0);
    if (slot == null) {
      U256 key = new U256(key3, key2, key1, key0);
      slot = new Slot(key, account.sourceStorage(key), transaction);
      account.slots.add(slot);
    }
    slot.openIn(transaction);
    return slot;
  }

  public void set(Slot slot, U256 value) {
    journal.slot(slot, slot.current());
    slot.set(value);
  }

  /** A slot of the account's transient storage (EIP-1153). */
  public Slot transientSlot(Account account, long key3, long key2, long key1, long key0) {
    Slots slots = account.transientSlots;
    if (slots == null) {
      slots = new Slots();
      account.transientSlots = slots;
    }
    Slot slot = slots.find(key3, key2, key1, key0);
    if (slot == null) {
      slot = new Slot(new U256(key3, key2, key1, key0), U256.ZERO, transaction);
      slots.add(slot);
    }
    slot.openTransientIn(transaction);
    return slot;
  }

  // ---- access (EIP-2929) ----

  public boolean warm(Address address) {
    return warm(account(address));
  }

  /** Warms the account; true where it was cold. */
  public boolean warm(Account account) {
    if (account.warmIn == transaction) {
      return false;
    }
    journal.warmed(account, account.warmIn);
    account.warmIn = transaction;
    return true;
  }

  public boolean isWarm(Account account) {
    return account.warmIn == transaction;
  }

  /** Warms a slot; true where it was cold. */
  public boolean warm(Address address, U256 key) {
    return warm(slot(account(address), key.w3(), key.w2(), key.w1(), key.w0()));
  }

  /** Warms the slot; true where it was cold. */
  public boolean warm(Slot slot) {
    if (slot.warmIn == transaction) {
      return false;
    }
    journal.warmed(slot, slot.warmIn);
    slot.warmIn = transaction;
    return true;
  }

  /** The accounts that are warm now. */
  public List<Account> warmAccounts() {
    return accounts.values().stream().filter(this::isWarm).toList();
  }

  /** The slots that are warm now, by account. */
  public Map<Address, List<U256>> warmSlots() {
    Map<Address, List<U256>> warm = new HashMap<>();
    for (Account account : accounts.values()) {
      List<U256> keys =
          account.slots.all().stream()
              .filter(slot -> slot.warmIn == transaction)
              .map(Slot::key)
              .toList();
      if (!keys.isEmpty()) {
        warm.put(account.address(), keys);
      }
    }
    return warm;
  }

  // ---- logs and refunds ----

  public void log(Log log) {
    journal.logged();
    logs.add(log);
  }

  /** The logs of the running transaction, oldest first. */
  public List<Log> logs() {
    return List.copyOf(logs);
  }

  public int logCount() {
    return logs.size();
  }

  public List<Log> logsSince(int count) {
    return List.copyOf(logs.subList(count, logs.size()));
  }

  public long refund() {
    return refund;
  }

  /** Adds to the refund counter; a negative {@code gas} takes away. */
  public void refund(long gas) {
    journal.refund(refund);
    refund += gas;
  }

  // ---- what the journal undoes ----

  void undoTouch(Account account, int previously) {
    if (account.address().equals(RIPEMD)) {
      return;
    }
    account.touchedIn = previously;
    removeLast(touched, account);
  }

  void undoCreated(Account account, int previously) {
    account.createdIn = previously;
    removeLast(created, account);
  }

  void undoDestructed(Account account, int previously) {
    account.destructedIn = previously;
    removeLast(destructed, account);
  }

  void undoLog() {
    logs.removeLast();
  }

  void undoRefund(long previously) {
    refund = previously;
  }

  private static void removeLast(List<Account> list, Account account) {
    int last = list.lastIndexOf(account);
    list.remove(Objects.checkIndex(last, list.size()));
  }
}
