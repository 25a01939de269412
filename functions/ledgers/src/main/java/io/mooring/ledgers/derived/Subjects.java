package io.mooring.ledgers.derived;

import io.mooring.ledger.MalformedException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Which of some consecutive entries may be about a subject: ten bytes for each entry that has one,
 * a hash of the subject and the entry's place, sorted. Two subjects can share a hash, so whoever
 * looks here reads the entry's own subject too.
 */
final class Subjects {
  private static final int KEY_BYTES = Long.BYTES;
  private static final int ROW_BYTES = KEY_BYTES + Short.BYTES;
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private final byte[] rows;

  private Subjects(byte[] rows) {
    this.rows = rows;
  }

  static Subjects ofBytes(byte[] rows) {
    if (rows.length % ROW_BYTES != 0) {
      throw new MalformedException("rows of subjects have " + ROW_BYTES + " bytes each");
    }
    return new Subjects(rows);
  }

  /** Of entries whose subjects' keys are given in order, 0 for an entry without one. */
  static Subjects of(long[] keys, int count) {
    byte[][] unsorted = new byte[count][];
    int used = 0;
    for (int place = 0; place < count; place++) {
      if (keys[place] != 0) {
        unsorted[used++] =
            ByteBuffer.allocate(ROW_BYTES).putLong(keys[place]).putShort((short) place).array();
      }
    }
    Arrays.sort(unsorted, 0, used, Arrays::compareUnsigned);
    ByteBuffer rows = ByteBuffer.allocate(used * ROW_BYTES);
    for (int i = 0; i < used; i++) {
      rows.put(unsorted[i]);
    }
    return new Subjects(rows.array());
  }

  /** The 64-bit FNV-1a hash of a subject; 0 stands for no subject and for nothing else. */
  static long key(Optional<String> subject) {
    if (subject.isEmpty()) {
      return 0;
    }
    long key = FNV_OFFSET;
    for (byte b : subject.get().getBytes(StandardCharsets.UTF_8)) {
      key = (key ^ (b & 0xff)) * FNV_PRIME;
    }
    return key == 0 ? 1 : key;
  }

  byte[] bytes() {
    return rows.clone();
  }

  /** The places, in order, of the entries whose subject has that key. */
  int[] places(long key) {
    byte[] wanted = ByteBuffer.allocate(KEY_BYTES).putLong(key).array();
    int from = firstNotBelow(wanted);
    int to = from;
    while (to < rows.length / ROW_BYTES && compareKey(to, wanted) == 0) {
      to++;
    }
    int[] places = new int[to - from];
    for (int i = 0; i < places.length; i++) {
      places[i] = ByteBuffer.wrap(rows).getShort((from + i) * ROW_BYTES + KEY_BYTES) & 0xffff;
    }
    return places;
  }

  private int firstNotBelow(byte[] wanted) {
    int low = 0;
    int high = rows.length / ROW_BYTES;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (compareKey(middle, wanted) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private int compareKey(int row, byte[] wanted) {
    int from = row * ROW_BYTES;
    return Arrays.compareUnsigned(rows, from, from + KEY_BYTES, wanted, 0, KEY_BYTES);
  }
}
