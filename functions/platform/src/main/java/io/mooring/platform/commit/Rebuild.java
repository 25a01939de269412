package io.mooring.platform.commit;

import io.mooring.platform.LedgerId;
import io.mooring.platform.commit.KeyIndex.Indexable;
import io.mooring.platform.table.DerivedItems;
import io.mooring.platform.table.DerivedItems.Derived;
import io.mooring.platform.table.Item;
import io.mooring.platform.table.Key;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes everything that is derived from a ledger's commits again: the items that its effects wrote,
 * the index of idempotency keys, and what capabilities derive. Byte for byte what it was; nothing
 * may commit to the ledger meanwhile.
 */
public final class Rebuild {
  private static final int PAGE = 16;

  private final Stores stores;
  private final Pace pace;

  public Rebuild(Stores stores, Pace pace) {
    this.stores = stores;
    this.pace = pace;
  }

  /** Replays the ledger from its first commit; how many commits that were. */
  public long rebuild(LedgerId ledger) {
    Watermarks watermarks = new Watermarks(stores.items());
    stores.derivations().forEach(derivation -> watermarks.forget(ledger, derivation.name()));
    Map<Key, Item> items = new HashMap<>();
    Set<Key> deleted = new HashSet<>();
    long number = 0;
    List<CarriedCommit> page = page(ledger, 1);
    while (!page.isEmpty()) {
      page.forEach(carried -> replay(carried, items, deleted));
      derive(ledger, page);
      number = page.getLast().commit().number();
      page = page(ledger, number + 1);
    }

    DerivedItems table = stores.items();
    table.put(items.values().stream().map(item -> new Derived(item, Derived.NEVER)).toList());
    table.delete(deleted);
    long last = number;
    stores.derivations().forEach(derivation -> watermarks.write(ledger, derivation.name(), last));
    return number;
  }

  private List<CarriedCommit> page(LedgerId ledger, long from) {
    Commits commits = stores.commits();
    List<CarriedCommit> page = new ArrayList<>();
    for (Commit commit : commits.range(ledger, from, PAGE)) {
      page.add(new CarriedCommit(commit, commits.body(ledger, commit)));
    }
    return page;
  }

  private static void replay(CarriedCommit carried, Map<Key, Item> items, Set<Key> deleted) {
    for (Effect effect : carried.body().effects()) {
      switch (effect) {
        case Effect.Put put -> {
          items.put(put.key(), new Item(put.key(), carried.commit().number(), put.body()));
          deleted.remove(put.key());
        }
        case Effect.Delete delete -> {
          items.remove(delete.key());
          deleted.add(delete.key());
        }
        case Effect.Check check -> {}
      }
    }
  }

  private void derive(LedgerId ledger, List<CarriedCommit> page) {
    List<Indexable> indexable = page.stream().map(Indexable::of).toList();
    stores.index().write(ledger, indexable, pace.wallMillis());
    stores.derivations().forEach(derivation -> derivation.derive(ledger, page));
  }
}
