package io.mooring.ledgers.http;

import io.mooring.ledger.Entry;
import io.mooring.ledger.Hash;
import io.mooring.ledger.Salt;
import io.mooring.ledgers.Erasure;
import io.mooring.ledgers.Told;
import io.mooring.ledgers.derived.Placed;
import io.mooring.ledgers.json.JsonRefusedException;
import io.mooring.ledgers.json.JsonWriter;
import io.mooring.ledgers.json.StrictJson;
import io.mooring.platform.commit.KeptEntry;
import java.time.Instant;

/**
 * An entry as a reader is shown it: what it says in words, and the bytes ({@code entry}, {@code
 * salt}, payload) from which the reader can make the leaf hash without believing the words.
 */
final class EntryView {
  private EntryView() {}

  static JsonWriter write(JsonWriter json, Placed placed, Told content) {
    boolean asJson = content instanceof Told.Content told && isJson(told.bytes());
    return write(json, placed, content, asJson);
  }

  /** For where a newline has a meaning of its own: the payload stands in base64 always. */
  static JsonWriter writeOnOneLine(JsonWriter json, Placed placed, Told content) {
    return write(json, placed, content, false);
  }

  private static JsonWriter write(JsonWriter json, Placed placed, Told content, boolean asJson) {
    KeptEntry kept = placed.kept();
    Entry entry = kept.entry();
    json.beginObject();
    json.name("index").number(placed.index());
    json.name("type").string(entry.type());
    json.name("subject").string(entry.subject());
    json.name("committedAt").string(Instant.ofEpochMilli(placed.timeMillis()).toString());
    if (entry.submission().clientTimeMillis() != 0) {
      json.name("time")
          .string(Instant.ofEpochMilli(entry.submission().clientTimeMillis()).toString());
    }
    if (!entry.submission().keyId().isEmpty()) {
      json.name("submitter").string(entry.submission().keyId());
    }
    if (!entry.claimsDigest().equals(Hash.ofNothing())) {
      json.name("claimsDigest").hash(entry.claimsDigest());
    }
    json.name("contentType").string(entry.payload().contentType());
    json.name("length").number(entry.payload().length());
    content(json, content, asJson);
    salt(json, content);
    json.name("commit").number(placed.commit());
    json.name("leafHash").hash(kept.leaf());
    json.name("entry").base64(kept.envelope());
    return json.endObject();
  }

  /** JSON stands as the very bytes that were received; whatever is not JSON stands in base64. */
  private static void content(JsonWriter json, Told content, boolean asJson) {
    switch (content) {
      case Told.Blob(Salt salt, Hash sha256) -> json.name("blob").string(Cid.of(sha256));
      case Told.Content(Salt salt, byte[] bytes) -> {
        if (asJson) {
          json.name("data").json(bytes);
        } else {
          json.name("bytes").base64(bytes);
        }
      }
      case Told.Nothing(Erasure erasure) -> erasure(json.name("erasedBy"), erasure);
    }
  }

  /** What the commitment to the content was made with; erased together with the content. */
  static void salt(JsonWriter json, Told content) {
    switch (content) {
      case Told.Blob blob -> json.name("salt").base64(blob.salt().bytes());
      case Told.Content told -> json.name("salt").base64(told.salt().bytes());
      case Told.Nothing nothing -> {}
    }
  }

  /** Which entry says that another one's content was erased. */
  static JsonWriter erasure(JsonWriter json, Erasure erasure) {
    json.beginObject();
    json.name("ledger").string(erasure.ledger().value());
    json.name("index").number(erasure.index());
    return json.endObject();
  }

  private static boolean isJson(byte[] content) {
    try {
      StrictJson.value(content);
      return true;
    } catch (JsonRefusedException e) {
      return false;
    }
  }
}
