package io.mooring.platform.table;

import java.util.List;

/** Some items in key order, and whether there are more after the last of them. */
public record Page(List<Item> items, boolean more) {
  public Page {
    items = List.copyOf(items);
  }
}
