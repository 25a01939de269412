package io.mooring.ledgers.http;

import io.mooring.ledger.Entry;
import io.mooring.ledger.Hash;
import io.mooring.ledgers.derived.Placed;
import io.mooring.ledgers.json.JsonRefusedException;
import io.mooring.ledgers.json.JsonWriter;
import io.mooring.ledgers.json.StrictJson;
import io.mooring.platform.commit.KeptEntry;
import io.mooring.platform.commit.KeptEntry.Kind;
import java.time.Instant;

/**
 * An entry as a reader is shown it: what it says in words, and the bytes ({@code entry}, {@code
 * salt}, payload) from which the reader can make the leaf hash without believing the words.
 */
final class EntryView {
  private EntryView() {}

  static JsonWriter write(JsonWriter json, Placed placed) {
    return write(json, placed, isJson(placed.kept().content()));
  }

  /** For where a newline has a meaning of its own: the payload stands in base64 always. */
  static JsonWriter writeOnOneLine(JsonWriter json, Placed placed) {
    return write(json, placed, false);
  }

  private static JsonWriter write(JsonWriter json, Placed placed, boolean asJson) {
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
    content(json, kept, asJson);
    json.name("salt").base64(kept.salt().bytes());
    json.name("commit").number(placed.commit());
    json.name("leafHash").hash(kept.leaf());
    json.name("entry").base64(kept.envelope());
    return json.endObject();
  }

  /** JSON stands as the very bytes that were received; whatever is not JSON stands in base64. */
  private static void content(JsonWriter json, KeptEntry kept, boolean asJson) {
    if (kept.kind() == Kind.ELSEWHERE) {
      json.name("blob").string(Cid.of(Hash.of(kept.content())));
    } else if (asJson) {
      json.name("data").json(kept.content());
    } else {
      json.name("bytes").base64(kept.content());
    }
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
