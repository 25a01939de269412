package io.mooring.platform.commit;

import io.mooring.ledger.Frontier;
import io.mooring.ledger.Hash;
import io.mooring.ledger.MalformedException;
import io.mooring.ledger.cbor.CborReader;
import io.mooring.ledger.cbor.CborWriter;
import io.mooring.platform.table.Key;

/**
 * How far a repair of a ledger has come, with all that it needs to go on, in this process or
 * another.
 *
 * <pre>
 * [ number, frontier, previous, items, place, last ]
 * </pre>
 *
 * @param number the last commit that was read
 * @param frontier after it
 * @param previous the hash of its record, which the next one must name
 * @param items what {@link ItemCheck} waits for
 * @param place which of the ledger's {@link Repair#places} is looked through
 * @param last the sort key of the last item there that was looked at; empty before the first
 */
record RepairPosition(
    long number, Frontier frontier, Hash previous, byte[] items, int place, String last) {
  private static final int FIELDS = 6;

  static final RepairPosition BEGINNING =
      new RepairPosition(0, Frontier.empty(), Commit.NO_PREVIOUS, new byte[0], 0, "");

  byte[] toBytes() {
    return new CborWriter()
        .array(FIELDS)
        .unsigned(number)
        .bytes(frontier.toBytes())
        .bytes(previous.bytes())
        .bytes(items)
        .unsigned(place)
        .text(last)
        .toBytes();
  }

  static RepairPosition ofBytes(byte[] bytes) {
    CborReader cbor = new CborReader(bytes);
    if (cbor.array(FIELDS) != FIELDS) {
      throw new MalformedException("a repair's position has " + FIELDS + " fields");
    }
    RepairPosition position =
        new RepairPosition(
            cbor.unsigned(),
            Frontier.ofBytes(cbor.bytes(bytes.length)),
            Hash.of(cbor.bytes(Hash.BYTES)),
            cbor.bytes(bytes.length),
            Math.toIntExact(cbor.unsigned()),
            cbor.text(Key.SORT_BYTES_MAX));
    cbor.end();
    return position;
  }
}
