package io.mooring.platform.table;

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
}
