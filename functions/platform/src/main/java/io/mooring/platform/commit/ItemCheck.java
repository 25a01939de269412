package io.mooring.platform.commit;

import io.mooring.ledger.cbor.CborReader;
import io.mooring.ledger.cbor.CborWriter;
import io.mooring.platform.table.Item;
import io.mooring.platform.table.Key;
import io.mooring.platform.table.Table;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;

/**
 * Whether the items of the table are what the effects of a ledger's commits, taken in order, made
 * them. An item is settled at the effect that it shows; one that shows no effect yet is waited for,
 * because a later commit may have written it. Not thread-safe.
 */
public final class ItemCheck {
  private static final int FIELDS = 4;

  private final Table table;
  private final Map<Key, Awaited> awaited = new TreeMap<>();

  private ItemCheck(Table table) {
    this.table = table;
  }

  /**
   * An item that is not what the last effect on it made it.
   *
   * @param commit the commit of that effect
   * @param shown the version that it had when it was read; until then there is no need to read it
   */
  private record Awaited(long commit, long shown) {}

  /** Goes on with what {@link #toBytes} said, which may be nothing. */
  public static ItemCheck resumed(Table table, byte[] bytes) {
    ItemCheck check = new ItemCheck(table);
    for (CborReader cbor = new CborReader(bytes); !cbor.atEnd(); ) {
      cbor.array(FIELDS);
      Key key = new Key(cbor.text(Key.PARTITION_BYTES_MAX), cbor.text(Key.SORT_BYTES_MAX));
      check.awaited.put(key, new Awaited(cbor.unsigned(), cbor.unsigned()));
    }
    return check;
  }

  public void take(Effect effect, long commit) {
    switch (effect) {
      case Effect.Put put -> {
        Awaited before = awaited.get(put.key());
        if (before != null && before.shown() > commit) {
          awaited.put(put.key(), new Awaited(commit, before.shown()));
        } else {
          judge(table.get(put.key()), new Item(put.key(), commit, put.body()), commit);
        }
      }
      case Effect.Delete delete ->
          judge(table.get(delete.key()), Item.absent(delete.key()), commit);
      case Effect.Check check -> {}
    }
  }

  private void judge(Item now, Item expected, long commit) {
    if (now.equals(expected)) {
      awaited.remove(now.key());
    } else {
      // One that is absent was deleted, if all is well, and is read again at the deletion.
      awaited.put(now.key(), new Awaited(commit, now.exists() ? now.version() : Long.MAX_VALUE));
    }
  }

  /** Tells the items that show no effect at all, and the last commit that wrote them. */
  public void unsettled(BiConsumer<Key, Long> tell) {
    awaited.forEach((key, last) -> tell.accept(key, last.commit()));
  }

  /** Forgets the unsettled items that are put right, which one after the other is tried. */
  void settle(BiPredicate<Key, Long> putRight) {
    awaited.entrySet().removeIf(entry -> putRight.test(entry.getKey(), entry.getValue().commit()));
  }

  boolean isSettled() {
    return awaited.isEmpty();
  }

  public byte[] toBytes() {
    CborWriter cbor = new CborWriter();
    awaited.forEach(
        (key, last) ->
            cbor.array(FIELDS)
                .text(key.partition())
                .text(key.sort())
                .unsigned(last.commit())
                .unsigned(last.shown()));
    return cbor.toBytes();
  }
}
