package io.mooring.ledgers;

import io.mooring.ledger.MalformedException;
import io.mooring.ledger.cbor.CborReader;
import io.mooring.ledger.cbor.CborWriter;
import io.mooring.platform.LedgerId;
import io.mooring.platform.TenantId;

/**
 * The body of a ledger's item.
 *
 * <pre>
 * { 1: id, 2: name, 3: kind, 4: readers, 5: origin, 6: verifier key, 7: slot, 8: days, 9: millis }
 * </pre>
 */
final class LedgerCbor {
  private static final int FIELDS = 9;
  private static final int TEXT_BYTES_MAX = 1024;

  private LedgerCbor() {}

  static byte[] write(Ledger ledger) {
    return new CborWriter()
        .map(FIELDS)
        .unsigned(1)
        .text(ledger.id().value())
        .unsigned(2)
        .text(ledger.name().value())
        .unsigned(3)
        .text(ledger.kind().word())
        .unsigned(4)
        .text(ledger.readers().word())
        .unsigned(5)
        .text(ledger.origin())
        .unsigned(6)
        .text(ledger.verifierKey())
        .unsigned(7)
        .unsigned(ledger.slot())
        .unsigned(8)
        .unsigned(ledger.retentionDays())
        .unsigned(9)
        .unsigned(ledger.createdMillis())
        .toBytes();
  }

  static Ledger read(TenantId tenant, byte[] body) {
    CborReader cbor = new CborReader(body);
    String[] texts = new String[7];
    long[] numbers = new long[FIELDS + 1];
    cbor.numberedMap(
        FIELDS,
        key -> {
          if (key >= 1 && key <= 6) {
            texts[(int) key] = cbor.text(TEXT_BYTES_MAX);
          } else if (key <= FIELDS) {
            numbers[(int) key] = cbor.unsigned();
          } else {
            throw new MalformedException("a ledger has no field " + key);
          }
        });
    cbor.end();
    return new Ledger(
        new LedgerId(tenant, texts[1]),
        new LedgerName(texts[2]),
        Kind.of(texts[3]).orElseThrow(() -> unknown("kind", texts[3])),
        Readers.of(texts[4]).orElseThrow(() -> unknown("readers", texts[4])),
        texts[5],
        texts[6],
        numbers[7],
        Math.toIntExact(numbers[8]),
        numbers[9]);
  }

  private static MalformedException unknown(String field, String word) {
    return new MalformedException("a ledger's " + field + " is not '" + word + "' here");
  }
}
