package io.mooring.ledgers.derived;

import io.mooring.ledger.Frontier;
import io.mooring.ledger.Hash;
import io.mooring.ledger.MalformedException;
import io.mooring.ledger.cbor.CborReader;
import io.mooring.ledger.cbor.CborWriter;
import io.mooring.platform.commit.Bill;
import io.mooring.platform.commit.Commit;
import io.mooring.platform.commit.ItemCheck;

/**
 * How far a scrub of a ledger has come, with all that it needs to go on, in this process or
 * another.
 *
 * <pre>
 * [ tip, number, frontier, previous, millis, bill, objects, damages, pack, items ]
 * </pre>
 *
 * @param tip the last commit that it goes to
 * @param number the last commit that was looked at
 * @param frontier of the last record that could be read, as are time and bill
 * @param previous the hash of the last record's bytes, which the next one must name
 * @param pack the last pack that the commits make, however it is stored; empty before the first
 * @param items what {@link ItemCheck} waits for
 */
record ScrubPosition(
    long tip,
    long number,
    Frontier frontier,
    Hash previous,
    long timeMillis,
    Bill bill,
    long objects,
    long damages,
    byte[] pack,
    byte[] items) {
  private static final int FIELDS = 10;
  private static final byte[] NOTHING = {};

  static ScrubPosition before(long tip) {
    return new ScrubPosition(
        tip, 0, Frontier.empty(), Commit.NO_PREVIOUS, 0, Bill.NONE, 0, 0, NOTHING, NOTHING);
  }

  byte[] toBytes() {
    CborWriter cbor = new CborWriter().array(FIELDS).unsigned(tip).unsigned(number);
    cbor.bytes(frontier.toBytes()).bytes(previous.bytes()).unsigned(timeMillis);
    bill.writeTo(cbor);
    return cbor.unsigned(objects).unsigned(damages).bytes(pack).bytes(items).toBytes();
  }

  static ScrubPosition ofBytes(byte[] bytes) {
    CborReader cbor = new CborReader(bytes);
    if (cbor.array(FIELDS) != FIELDS) {
      throw new MalformedException("a scrub's position has " + FIELDS + " fields");
    }
    ScrubPosition position =
        new ScrubPosition(
            cbor.unsigned(),
            cbor.unsigned(),
            Frontier.ofBytes(cbor.bytes(bytes.length)),
            Hash.of(cbor.bytes(Hash.BYTES)),
            cbor.unsigned(),
            Bill.readFrom(cbor),
            cbor.unsigned(),
            cbor.unsigned(),
            cbor.bytes(bytes.length),
            cbor.bytes(bytes.length));
    cbor.end();
    return position;
  }
}
