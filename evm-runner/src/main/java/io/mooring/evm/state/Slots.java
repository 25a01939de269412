package io.mooring.evm.state;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The slots of one account that were asked for, found by hash with linear probing. */
final class Slots {
  private static final int INITIAL_CAPACITY = 8;
  private static final long SEED = 0x9e3779b97f4a7c15L;

  private @Nullable Slot[] table = new @Nullable Slot[INITIAL_CAPACITY];
  private int size;

  @Nullable Slot find(long key3, long key2, long key1, long key0) {
    int mask = table.length - 1;
    int at = spread(key3, key2, key1, key0) & mask;
    Slot slot = table[at];
    while (slot != null) {
      if (slot.key0 == key0 && slot.key1 == key1 && slot.key2 == key2 && slot.key3 == key3) {
        return slot;
      }
      at = (at + 1) & mask;
      slot = table[at];
    }
    return null;
  }

  void add(Slot slot) {
    if (2 * (size + 1) > table.length) {
      grow();
    }
    insert(slot);
    size++;
  }

  List<Slot> all() {
    List<Slot> all = new ArrayList<>(size);
    for (Slot slot : table) {
      if (slot != null) {
        all.add(slot);
      }
    }
    return all;
  }

  private void grow() {
    @Nullable Slot[] old = table;
    table = new @Nullable Slot[2 * old.length];
    for (Slot slot : old) {
      if (slot != null) {
        insert(slot);
      }
    }
  }

  private void insert(Slot slot) {
    int mask = table.length - 1;
    int at = spread(slot.key3, slot.key2, slot.key1, slot.key0) & mask;
    while (table[at] != null) {
      at = (at + 1) & mask;
    }
    table[at] = slot;
  }

  private static int spread(long key3, long key2, long key1, long key0) {
    // Multiplied limb by limb, so that keys chosen to collide in a plain sum do not collide here.
    long mixed = SEED ^ key0;
    mixed = (mixed ^ mixed >>> 29) * 0xbf58476d1ce4e5b9L + key1;
    mixed = (mixed ^ mixed >>> 31) * 0x94d049bb133111ebL + key2;
    mixed = (mixed ^ mixed >>> 29) * 0xbf58476d1ce4e5b9L + key3;
    mixed = (mixed ^ mixed >>> 31) * 0x94d049bb133111ebL;
    return (int) (mixed >>> 32);
  }
}
