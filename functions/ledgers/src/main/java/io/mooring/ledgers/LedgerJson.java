package io.mooring.ledgers;

import io.mooring.ledgers.json.JsonWriter;
import java.util.Map;

/** A ledger in words, as its first entry and its tenant's journal tell it. */
public final class LedgerJson {
  private LedgerJson() {}

  static byte[] facts(Ledger ledger, Map<String, byte[]> more) {
    JsonWriter json = writeFacts(new JsonWriter().beginObject(), ledger);
    more.forEach((name, value) -> json.name(name).json(value));
    return json.endObject().toBytes();
  }

  /** Writes the members of an object that the caller has opened and will close. */
  public static JsonWriter writeFacts(JsonWriter json, Ledger ledger) {
    json.name("id").string(ledger.id().value());
    json.name("name").string(ledger.name().value());
    json.name("kind").string(ledger.kind().word());
    json.name("readers").string(ledger.readers().word());
    json.name("origin").string(ledger.origin());
    json.name("verifierKey").string(ledger.verifierKey());
    json.name("slot").number(ledger.slot());
    if (ledger.retentionDays() > 0) {
      json.name("retentionDays").number(ledger.retentionDays());
    }
    return json;
  }
}
