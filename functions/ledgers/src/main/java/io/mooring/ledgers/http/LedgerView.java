package io.mooring.ledgers.http;

import io.mooring.ledgers.Ledger;
import io.mooring.ledgers.LedgerJson;
import io.mooring.ledgers.json.JsonWriter;
import java.time.Instant;
import java.util.Map;

/** A ledger as a reader is shown it. */
final class LedgerView {
  private LedgerView() {}

  static byte[] write(Ledger ledger, Map<String, byte[]> ofItsKind, boolean closed) {
    JsonWriter json = new JsonWriter().beginObject();
    LedgerJson.writeFacts(json, ledger);
    ofItsKind.forEach((name, value) -> json.name(name).json(value));
    json.name("createdAt").string(Instant.ofEpochMilli(ledger.createdMillis()).toString());
    json.name("closed").flag(closed);
    return json.endObject().toBytes();
  }
}
