package io.mooring.platform.commit;

import io.mooring.ledger.MalformedException;
import io.mooring.ledger.cbor.CborReader;
import io.mooring.ledger.cbor.CborWriter;
import io.mooring.platform.table.Item;
import io.mooring.platform.table.Key;

/**
 * Writes and reads effects.
 *
 * <pre>
 * effect    = [ kind, partition, sort, condition, version ]  and, for a put, the body as a sixth
 * kind      = 1 put, 2 delete, 3 check
 * condition = 1 absent, 2 present, 3 at version; version is 0 for the first two
 * </pre>
 */
final class EffectCbor {
  private static final int PUT = 1;
  private static final int DELETE = 2;
  private static final int CHECK = 3;
  private static final int ABSENT = 1;
  private static final int PRESENT = 2;
  private static final int AT_VERSION = 3;

  private EffectCbor() {}

  static void write(CborWriter cbor, Effect effect) {
    switch (effect) {
      case Effect.Put put -> head(cbor, 6, PUT, put).bytes(put.body());
      case Effect.Delete delete -> head(cbor, 5, DELETE, delete);
      case Effect.Check check -> head(cbor, 5, CHECK, check);
    }
  }

  private static CborWriter head(CborWriter cbor, int items, int kind, Effect effect) {
    cbor.array(items).unsigned(kind);
    cbor.text(effect.key().partition()).text(effect.key().sort());
    return switch (effect.condition()) {
      case Condition.Absent() -> cbor.unsigned(ABSENT).unsigned(0);
      case Condition.Present() -> cbor.unsigned(PRESENT).unsigned(0);
      case Condition.AtVersion(long version) -> cbor.unsigned(AT_VERSION).unsigned(version);
    };
  }

  static Effect read(CborReader cbor) {
    int items = cbor.array(6);
    long kind = cbor.unsigned();
    Key key = new Key(cbor.text(Key.PARTITION_BYTES_MAX), cbor.text(Key.SORT_BYTES_MAX));
    Condition condition = condition(cbor.unsigned(), cbor.unsigned());
    if (items == 6 && kind == PUT) {
      return new Effect.Put(key, cbor.bytes(Item.BODY_BYTES_MAX), condition);
    }
    if (items == 5 && kind == DELETE) {
      return new Effect.Delete(key, condition);
    }
    if (items == 5 && kind == CHECK) {
      return new Effect.Check(key, condition);
    }
    throw new MalformedException("no effect of kind " + kind + " with " + items + " items");
  }

  private static Condition condition(long kind, long version) {
    if (kind == ABSENT && version == 0) {
      return new Condition.Absent();
    }
    if (kind == PRESENT && version == 0) {
      return new Condition.Present();
    }
    if (kind == AT_VERSION) {
      return new Condition.AtVersion(version);
    }
    throw new MalformedException("no condition of kind " + kind + " at version " + version);
  }
}
