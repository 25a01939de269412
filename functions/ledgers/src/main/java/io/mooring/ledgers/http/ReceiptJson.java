package io.mooring.ledgers.http;

import io.mooring.ledgers.Told;
import io.mooring.ledgers.json.JsonWriter;
import io.mooring.platform.commit.Receipt;

/**
 * What whoever appended is given: where each entry stands, and what proves it. With the bytes that
 * were sent it needs nothing else: salt and bytes make the commitment in {@code entry}, that makes
 * the leaf hash, and {@code proof} leads from there to the signed {@code checkpoint}.
 */
final class ReceiptJson {
  private ReceiptJson() {}

  /** Writes the result of one entry as one object. */
  static JsonWriter write(
      JsonWriter json,
      Receipt receipt,
      int offset,
      Told content,
      byte[] checkpointJson,
      boolean proven) {
    json.beginObject();
    json.name("index").number(receipt.firstIndex() + offset);
    json.name("leafHash").hash(receipt.leaves().get(offset));
    json.name("size").number(receipt.head().size());
    json.name("time").number(receipt.timeMillis());
    if (proven) {
      json.name("entry").base64(receipt.entries().get(offset).envelope());
      EntryView.salt(json, content);
      json.name("checkpoint").json(checkpointJson);
      json.name("proof").beginArray();
      receipt.proof(offset).path().forEach(json::hash);
      json.endArray();
    }
    return json.endObject();
  }

  /** The checkpoint as a JSON string, to be written beside every entry of a batch. */
  static byte[] checkpoint(String signed) {
    return new JsonWriter().string(signed).toBytes();
  }
}
