package io.mooring.platform.commit;

import io.mooring.platform.LedgerId;
import io.mooring.platform.table.DerivedItems;
import io.mooring.platform.table.Item;
import io.mooring.platform.table.Key;
import io.mooring.platform.table.Page;
import io.mooring.platform.table.Prefix;
import io.mooring.platform.table.Table;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** The whole table in memory, for tests, the simulator and benchmarks. */
public final class InMemoryStore implements CommitStore, Mending, Table, DerivedItems {
  /** Before every sort key that there is. */
  private static final String FIRST_SORT = "#";

  private final Map<LedgerId, NavigableMap<Long, byte[]>> ledgers = new HashMap<>();
  private final NavigableMap<Key, Derived> items = new TreeMap<>();

  @Override
  public synchronized Optional<Stored> tip(LedgerId ledger) {
    return Optional.ofNullable(commits(ledger).lastEntry()).map(InMemoryStore::stored);
  }

  @Override
  public synchronized Optional<Stored> read(LedgerId ledger, long number) {
    return Optional.ofNullable(commits(ledger).get(number)).map(bytes -> new Stored(number, bytes));
  }

  @Override
  public synchronized List<Stored> range(LedgerId ledger, long from, int limit) {
    return commits(ledger).tailMap(from, true).entrySet().stream()
        .limit(Math.min(limit, RANGE_MAX))
        .map(InMemoryStore::stored)
        .toList();
  }

  @Override
  public synchronized Put put(Proposal proposal, Duration timeout) {
    NavigableMap<Long, byte[]> commits = commits(proposal.ledger());
    byte[] current = commits.get(proposal.number());
    if (current != null) {
      return new Put.Lost(new Stored(proposal.number(), current));
    }
    List<RefusedEffect> refused =
        proposal.effects().stream()
            .map(effect -> new RefusedEffect(effect, get(effect.key())))
            .filter(effect -> !effect.effect().condition().holds(effect.now()))
            .toList();
    if (!refused.isEmpty()) {
      return new Put.EffectsRefused(refused);
    }

    commits.put(proposal.number(), proposal.bytes());
    for (Effect effect : proposal.effects()) {
      switch (effect) {
        case Effect.Put put ->
            items.put(
                put.key(),
                new Derived(new Item(put.key(), proposal.number(), put.body()), Derived.NEVER));
        case Effect.Delete delete -> items.remove(delete.key());
        case Effect.Check check -> {}
      }
    }
    return new Put.Won();
  }

  @Override
  public synchronized Item get(Key key) {
    Derived derived = items.get(key);
    return derived == null ? Item.absent(key) : derived.item();
  }

  @Override
  public synchronized Page first(Prefix prefix, int limit) {
    String sort = prefix.sort().isEmpty() ? FIRST_SORT : prefix.sort();
    return page(prefix, items.tailMap(new Key(prefix.partition(), sort), true), limit);
  }

  @Override
  public synchronized Page after(Prefix prefix, Key last, int limit) {
    return page(prefix, items.tailMap(last, false), limit);
  }

  private static Page page(Prefix prefix, NavigableMap<Key, Derived> from, int limit) {
    int most = Math.min(limit, PAGE_ITEMS_MAX);
    List<Item> page = new ArrayList<>();
    for (Map.Entry<Key, Derived> entry : from.entrySet()) {
      if (!prefix.covers(entry.getKey())) {
        break;
      }
      if (page.size() == most) {
        return new Page(page, true);
      }
      page.add(entry.getValue().item());
    }
    return new Page(page, false);
  }

  @Override
  public synchronized void put(Collection<Derived> derived) {
    derived.forEach(item -> items.put(item.item().key(), item));
  }

  @Override
  public synchronized List<Derived> get(Collection<Key> keys) {
    return keys.stream().filter(items::containsKey).map(items::get).toList();
  }

  @Override
  public synchronized void delete(Collection<Key> keys) {
    keys.forEach(items::remove);
  }

  @Override
  public synchronized boolean mend(LedgerId ledger, long tip, Item found, Item right) {
    if (commits(ledger).containsKey(tip + 1) || !get(found.key()).equals(found)) {
      return false;
    }
    if (right.exists()) {
      items.put(right.key(), new Derived(right, Derived.NEVER));
    } else {
      items.remove(right.key());
    }
    return true;
  }

  /** What an administrator could do, and nobody else. */
  synchronized void overwrite(LedgerId ledger, long number, byte[] bytes) {
    commits(ledger).put(number, bytes);
  }

  public synchronized Map<Key, Derived> items() {
    return new HashMap<>(items);
  }

  private NavigableMap<Long, byte[]> commits(LedgerId ledger) {
    return ledgers.computeIfAbsent(ledger, absent -> new TreeMap<>());
  }

  private static Stored stored(Map.Entry<Long, byte[]> entry) {
    return new Stored(entry.getKey(), entry.getValue());
  }
}
