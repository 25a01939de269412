package io.mooring.billing.credits;

import io.mooring.platform.TenantId;
import io.mooring.platform.table.Item;
import io.mooring.platform.table.Table;
import java.util.Optional;

/**
 * The purses of a tenant as they are stored, and the commit of its journal that stored them.
 *
 * @param commit 0 where nothing is stored
 */
public record StoredPurses(Purses purses, long commit) {
  public static StoredPurses read(Table table, TenantId tenant) {
    Item item = table.get(Purses.key(tenant));
    return new StoredPurses(Purses.of(item), item.version());
  }

  /** The item, if nobody can tell what it says. */
  public static Optional<Item> unreadable(Table table, TenantId tenant) {
    Item item = table.get(Purses.key(tenant));
    try {
      Purses.of(item);
      return Optional.empty();
    } catch (RuntimeException e) {
      return Optional.of(item);
    }
  }
}
