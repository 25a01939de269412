package io.mooring.ledgers.http;

import io.mooring.ledger.DeviceCount;
import io.mooring.ledger.Hash;
import io.mooring.ledger.MalformedException;
import io.mooring.ledgers.LedgerLimit;
import io.mooring.platform.commit.NewEntry;
import java.util.HashSet;
import java.util.Set;

/**
 * One entry as a CBOR map with the members of {@link EntryJson}. Its payload is what a byte string
 * {@code data} holds, or the very bytes of {@code data} where it is CBOR of another kind.
 */
final class EntryCborMap {
  static final String CBOR = "application/cbor";

  private String type = "";
  private String subject = "";
  private String contentType = "";
  private String kind = "";
  private byte[] payload = {};
  private long timeMillis;
  private boolean erasable;
  private Hash claimsDigest = Hash.ofNothing();

  private EntryCborMap() {}

  /** Reads the next item; whatever is wrong with it as CBOR ends the whole sequence. */
  static NewEntry read(CborItems items) {
    EntryCborMap map = new EntryCborMap();
    Set<String> seen = new HashSet<>();
    for (int left = items.pairs(); left > 0; left--) {
      String name = items.text();
      if (!seen.add(name)) {
        throw new MalformedException("the name '" + name + "' stands twice in one map");
      }
      map.member(name, items);
    }
    return map.entry();
  }

  private void member(String name, CborItems items) {
    switch (name) {
      case "type" -> type = items.text();
      case "subject" -> subject = items.text();
      case "contentType" -> contentType = items.text();
      case "time" -> timeMillis = items.unsigned();
      case "claimsDigest" -> claimsDigest = Hash.of(items.byteString());
      case "erasable" -> erasable = items.flag();
      case "data" -> {
        kind = items.isBytes() ? EntryJson.BYTES : CBOR;
        payload = items.isBytes() ? items.byteString() : items.raw();
      }
      default -> throw new MalformedException("there is no member '" + name + "' here");
    }
  }

  private NewEntry entry() {
    if (type.isEmpty() || kind.isEmpty()) {
      throw EntryJson.invalid("it needs type and data");
    }
    if (timeMillis < 0) {
      throw EntryJson.invalid("time is in milliseconds since 1970");
    }
    EntryJson.within("contentType", contentType, LedgerLimit.ENTRY_CONTENT_TYPE_BYTES_MAX);
    return new NewEntry(
        EntryJson.within("type", type, LedgerLimit.ENTRY_TYPE_BYTES_MAX),
        EntryJson.within("subject", subject, LedgerLimit.ENTRY_SUBJECT_BYTES_MAX),
        EntryJson.content(contentType.isEmpty() ? kind : contentType, payload, erasable),
        timeMillis,
        DeviceCount.none(),
        claimsDigest);
  }
}
