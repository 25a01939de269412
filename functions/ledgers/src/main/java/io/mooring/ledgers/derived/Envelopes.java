package io.mooring.ledgers.derived;

import io.mooring.ledger.Entry;
import io.mooring.ledger.cbor.CborReader;
import java.util.Optional;

/** Reads one field of an entry without judging the others; its commit was judged as a whole. */
final class Envelopes {
  private static final int FIELDS_MAX = 13;
  private static final int SUBJECT = 7;

  private Envelopes() {}

  static Optional<String> subject(byte[] envelope) {
    CborReader cbor = new CborReader(envelope);
    String[] subject = {""};
    cbor.numberedMap(
        FIELDS_MAX,
        key -> {
          if (key == SUBJECT) {
            subject[0] = cbor.text(Entry.SUBJECT_BYTES_MAX);
          } else {
            cbor.skip();
          }
        });
    return subject[0].isEmpty() ? Optional.empty() : Optional.of(subject[0]);
  }
}
