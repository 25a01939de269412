package io.mooring.evm.trie;

import io.mooring.evm.Address;
import io.mooring.evm.Hash;
import io.mooring.evm.U256;
import io.mooring.evm.rlp.RlpInput;
import io.mooring.evm.rlp.RlpOutput;
import io.mooring.evm.state.StateChanges;
import io.mooring.evm.state.StateChanges.AccountChange;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The trie of all accounts, and below each account the trie of its storage: what a state root is
 * of.
 *
 * <p>May be read by many threads while nobody changes it; copies are changed apart.
 */
public final class StateTrie {
  private final NodeStore store;
  private final NodeWatcher watcher;
  private final SecureTrie accounts;
  private final Map<Address, SecureTrie> storages = new ConcurrentHashMap<>();

  private StateTrie(NodeStore store, NodeWatcher watcher, SecureTrie accounts) {
    this.store = store;
    this.watcher = watcher;
    this.accounts = accounts;
  }

  public static StateTrie empty(NodeStore store) {
    return new StateTrie(store, NodeWatcher.NONE, SecureTrie.empty(store));
  }

  public static StateTrie open(Hash root, NodeStore store) {
    return new StateTrie(store, NodeWatcher.NONE, SecureTrie.open(root, store));
  }

  /** A trie that can go its own way from here, and shares all that does not change. */
  public StateTrie copy() {
    return watched(watcher);
  }

  /** A copy of which every look at a node is told. */
  public StateTrie watched(NodeWatcher by) {
    StateTrie copy = new StateTrie(store, by, accounts.watched(by));
    storages.forEach((address, storage) -> copy.storages.put(address, storage.watched(by)));
    return copy;
  }

  public void apply(StateChanges changes) {
    changes.accounts().forEach(this::apply);
  }

  private void apply(Address address, AccountChange change) {
    switch (change) {
      case AccountChange.Deleted deleted -> {
        accounts.remove(address.bytes());
        storages.remove(address);
      }
      case AccountChange.Written written -> {
        TrieAccount account =
            new TrieAccount(
                written.after().nonce(),
                written.after().balance(),
                storageRoot(address, written),
                written.after().codeHash());
        accounts.put(address.bytes(), account.encode());
      }
    }
  }

  private Hash storageRoot(Address address, AccountChange.Written written) {
    if (written.storageCleared()) {
      storages.put(address, SecureTrie.empty(store).watched(watcher));
    } else if (written.storage().isEmpty() && !storages.containsKey(address)) {
      return savedStorageRoot(address);
    }
    SecureTrie storage = storageOf(address);
    written.storage().forEach((slot, value) -> storage.put(slot.bytes(), encode(value)));
    return storage.root();
  }

  public Hash root() {
    return accounts.root();
  }

  /** Saves every node that is not in the store yet, and gives the root. */
  public Hash commit() {
    storages.values().forEach(SecureTrie::commit);
    storages.clear();
    return accounts.commit();
  }

  public Optional<TrieAccount> account(Address address) {
    return accounts.get(address.bytes()).map(TrieAccount::decode);
  }

  public U256 storage(Address address, U256 slot) {
    return storageOf(address).get(slot.bytes()).map(value -> decode(value)).orElse(U256.ZERO);
  }

  /**
   * What {@code eth_getProof} answers: the account with these slots, or that they are not there.
   */
  public AccountProof proof(Address address, List<U256> slots) {
    SecureTrie storage = storageOf(address);
    return new AccountProof(
        address,
        new TrieProof(accounts.proof(address.bytes())),
        slots.stream()
            .map(slot -> new AccountProof.Storage(slot, new TrieProof(storage.proof(slot.bytes()))))
            .toList());
  }

  private SecureTrie storageOf(Address address) {
    return storages.computeIfAbsent(
        address, absent -> SecureTrie.open(savedStorageRoot(address), store).watched(watcher));
  }

  private Hash savedStorageRoot(Address address) {
    return account(address).map(TrieAccount::storageRoot).orElse(MerkleTrie.EMPTY_ROOT);
  }

  private static byte[] encode(U256 value) {
    return value.isZero() ? new byte[0] : new RlpOutput().number(value).toBytes();
  }

  static U256 decode(byte[] value) {
    RlpInput input = RlpInput.of(value);
    U256 number = input.u256();
    input.end();
    return number;
  }
}
