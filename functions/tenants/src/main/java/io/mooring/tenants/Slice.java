package io.mooring.tenants;

import io.mooring.platform.TenantId;
import io.mooring.platform.page.PageRequest;
import io.mooring.platform.table.Item;
import io.mooring.platform.table.Key;
import io.mooring.platform.table.Page;
import io.mooring.platform.table.Prefix;
import io.mooring.platform.table.Table;
import java.util.List;

/**
 * One page of the items of a kind that a tenant has.
 *
 * @param next the position after which the next page begins; empty where there is none
 */
public record Slice(List<Item> items, String next) {
  static Slice of(Table table, TenantId tenant, String kind, PageRequest page) {
    Prefix prefix = Prefix.of(tenant, kind);
    Page found =
        page.after().isEmpty()
            ? table.first(prefix, page.items())
            : table.after(prefix, Key.of(tenant, kind, page.after()), page.items());
    return new Slice(found.items(), found.more() ? nameOf(found.items().getLast().key()) : "");
  }

  /** The last part of a key such as {@code KEY#key_01#}. */
  static String nameOf(Key key) {
    String[] parts = key.sort().split("#");
    return parts[parts.length - 1];
  }
}
