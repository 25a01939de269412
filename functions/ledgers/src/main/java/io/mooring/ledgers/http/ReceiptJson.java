package io.mooring.ledgers.http;

import io.mooring.ledgers.json.JsonWriter;
import io.mooring.platform.commit.Receipt;

/** What whoever appended is given: where each entry stands, and what proves it. */
final class ReceiptJson {
  private ReceiptJson() {}

  /** Writes the result of one entry as one object. */
  static JsonWriter write(
      JsonWriter json, Receipt receipt, int offset, byte[] checkpointJson, boolean proven) {
    json.beginObject();
    json.name("index").number(receipt.firstIndex() + offset);
    json.name("leafHash").hash(receipt.leaves().get(offset));
    json.name("size").number(receipt.head().size());
    json.name("time").number(receipt.timeMillis());
    if (proven) {
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
