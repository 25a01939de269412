package io.mooring.platform.table;

import java.util.Arrays;

/**
 * One item of the single table: its key, the number of the commit that wrote it, and its body in
 * the capability's own encoding.
 *
 * <p>The version is the commit's number, so it grows with every change and never comes back, not
 * even after the item was deleted and made again. An item that is not there has version {@link
 * #ABSENT}. An item is written by the commits of one ledger only.
 */
public record Item(Key key, long version, byte[] body) {
  public static final long ABSENT = 0;

  /** DynamoDB's bound on an item, less room for key, attribute names and version. */
  public static final int BODY_BYTES_MAX = 400 * 1024 - 4 * 1024;

  private static final byte[] EMPTY = {};

  public Item {
    if (version < ABSENT || (version == ABSENT && body.length > 0)) {
      throw new IllegalArgumentException("an item that is there has a version above " + ABSENT);
    }
    if (body.length > BODY_BYTES_MAX) {
      throw new IllegalArgumentException("an item's body has at most " + BODY_BYTES_MAX + " bytes");
    }
    body = body.clone();
  }

  public static Item absent(Key key) {
    return new Item(key, ABSENT, EMPTY);
  }

  public boolean exists() {
    return version != ABSENT;
  }

  @Override
  public byte[] body() {
    return body.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Item that
        && key.equals(that.key)
        && version == that.version
        && Arrays.equals(body, that.body);
  }

  @Override
  public int hashCode() {
    return 31 * key.hashCode() + Long.hashCode(version);
  }

  @Override
  public String toString() {
    return "Item[" + key + ", version " + version + ", " + body.length + " bytes]";
  }
}
