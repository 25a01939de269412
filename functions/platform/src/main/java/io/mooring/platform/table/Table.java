package io.mooring.platform.table;

import java.util.function.Consumer;

/**
 * Reads of the single table. Every read here is consistent: it shows all that was acknowledged
 * before it began. Changes are effects of a commit, or are derived from commits ({@link
 * DerivedItems}); there is no third way to write.
 *
 * <p><b>Trust:</b> items are an index into what the commits say, not evidence of it.
 *
 * <p><b>Loss:</b> every item can be rebuilt from the commits byte for byte.
 */
public interface Table {
  int PAGE_ITEMS_MAX = 1000;

  /** The item at {@code key}, or {@link Item#absent} where there is none. */
  Item get(Key key);

  /** The first items under a prefix, at most {@code limit}. */
  Page first(Prefix prefix, int limit);

  /** The items under a prefix that follow {@code last}, at most {@code limit}. */
  Page after(Prefix prefix, Key last, int limit);

  /** Tells every item under a prefix, a page after the other. */
  default void forEach(Prefix prefix, Consumer<Item> told) {
    Page page = first(prefix, PAGE_ITEMS_MAX);
    page.items().forEach(told);
    while (page.more()) {
      page = after(prefix, page.items().getLast().key(), PAGE_ITEMS_MAX);
      page.items().forEach(told);
    }
  }
}
