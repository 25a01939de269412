package io.mooring.platform.commit;

import io.mooring.platform.table.Item;
import io.mooring.platform.table.Key;

/** What a commit does to one item of the table, or asks of it. Items are always written whole. */
public sealed interface Effect {
  Key key();

  Condition condition();

  /** Writes {@code body} over the item as it was read, or makes it where there was none. */
  static Effect put(Item read, byte[] body) {
    return new Put(read.key(), body, new Condition.AtVersion(read.version()));
  }

  static Effect create(Key key, byte[] body) {
    return new Put(key, body, new Condition.Absent());
  }

  static Effect delete(Item read) {
    return new Delete(read.key(), new Condition.AtVersion(read.version()));
  }

  static Effect check(Item read) {
    return new Check(read.key(), new Condition.AtVersion(read.version()));
  }

  record Put(Key key, byte[] body, Condition condition) implements Effect {
    public Put {
      if (body.length > Item.BODY_BYTES_MAX) {
        throw new IllegalArgumentException(
            "an item's body has at most " + Item.BODY_BYTES_MAX + " bytes");
      }
      body = body.clone();
    }

    public int length() {
      return body.length;
    }

    @Override
    public byte[] body() {
      return body.clone();
    }
  }

  record Delete(Key key, Condition condition) implements Effect {}

  record Check(Key key, Condition condition) implements Effect {}
}
