package io.mooring.ledgers.http;

import io.mooring.ledger.CanonicalBase64;
import io.mooring.ledger.DeviceCount;
import io.mooring.ledger.Hash;
import io.mooring.ledger.MalformedException;
import io.mooring.ledgers.LedgerLimit;
import io.mooring.ledgers.LedgerRefusal;
import io.mooring.ledgers.json.JsonObject;
import io.mooring.ledgers.json.JsonRefusedException;
import io.mooring.ledgers.json.StrictJson;
import io.mooring.platform.commit.Content;
import io.mooring.platform.commit.NewEntry;
import io.mooring.platform.problem.PlatformRefusal;
import io.mooring.platform.problem.RefusedException;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One entry as JSON. Its payload is the very bytes of {@code data} as they were received, from the
 * value's first byte to its last; or those that {@code bytes} says in base64; or those of an
 * uploaded {@code blob}, by their SHA-256. With {@code erasable}, it can be erased one day.
 *
 * <pre>
 * {"type": "shipment.sealed", "subject": "SSCC 0061…", "data": {"seal": "A7"}}
 * </pre>
 */
public final class EntryJson {
  static final String JSON = "application/json";
  public static final String BYTES = "application/octet-stream";

  private static final Set<String> MEMBERS =
      Set.of(
          "type",
          "subject",
          "data",
          "bytes",
          "blob",
          "length",
          "contentType",
          "time",
          "claimsDigest",
          "erasable");

  private EntryJson() {}

  static NewEntry read(byte[] body) {
    return read(body, 0, body.length);
  }

  static NewEntry read(byte[] body, int from, int to) {
    try {
      JsonObject json = StrictJson.object(body, from, to);
      json.allowOnly(MEMBERS);
      String type = json.string("type").orElseThrow(() -> invalid("it has no type"));
      NewEntry entry =
          new NewEntry(
              within("type", type, LedgerLimit.ENTRY_TYPE_BYTES_MAX),
              within(
                  "subject",
                  json.string("subject").orElse(""),
                  LedgerLimit.ENTRY_SUBJECT_BYTES_MAX),
              content(json),
              json.string("time").map(EntryJson::millis).orElse(0L),
              DeviceCount.none(),
              json.string("claimsDigest").map(EntryJson::hash).orElse(Hash.ofNothing()));
      if (type.isEmpty()) {
        throw invalid("its type is empty");
      }
      return entry;
    } catch (JsonRefusedException e) {
      throw new RefusedException(PlatformRefusal.JSON_MALFORMED, e.reason());
    }
  }

  private static Content content(JsonObject json) {
    long said =
        Stream.of("data", "bytes", "blob").filter(name -> json.slice(name).isPresent()).count();
    if (said != 1) {
      throw invalid("it needs exactly one of data, bytes and blob");
    }
    String contentType = json.string("contentType").orElse("");
    within("contentType", contentType, LedgerLimit.ENTRY_CONTENT_TYPE_BYTES_MAX);
    boolean erasable = json.flag("erasable").orElse(false);
    if (json.slice("blob").isPresent()) {
      if (erasable) {
        throw invalid(
            "a blob cannot be erasable, because other entries may name it; encrypt it, and keep its key"
                + " in an erasable entry");
      }
      return new Content.Stored(
          contentType.isEmpty() ? BYTES : contentType,
          Cid.sha256(json.string("blob").orElseThrow()),
          json.whole("length").orElseThrow(() -> invalid("a blob's length is missing")));
    }
    if (json.slice("data").isPresent()) {
      byte[] data = json.raw("data").orElseThrow();
      return content(contentType.isEmpty() ? JSON : contentType, data, erasable);
    }
    byte[] bytes = base64(json.string("bytes").orElseThrow());
    return content(contentType.isEmpty() ? BYTES : contentType, bytes, erasable);
  }

  /** An entry whose payload came alone, with what was said of it elsewhere. */
  public static NewEntry ofBytes(
      String type, String subject, String contentType, byte[] payload, boolean erasable) {
    within("type", type, LedgerLimit.ENTRY_TYPE_BYTES_MAX);
    within("subject", subject, LedgerLimit.ENTRY_SUBJECT_BYTES_MAX);
    within("contentType", contentType, LedgerLimit.ENTRY_CONTENT_TYPE_BYTES_MAX);
    if (type.isEmpty()) {
      throw invalid("its type is missing");
    }
    return NewEntry.of(type, subject, content(contentType, payload, erasable));
  }

  /** The payload of an entry, kept in its commit, or apart where it can be erased. */
  static Content content(String contentType, byte[] payload, boolean erasable) {
    return erasable
        ? new Content.Erasable(contentType, withinPayload(payload))
        : Content.of(contentType, withinPayload(payload));
  }

  static byte[] withinPayload(byte[] payload) {
    if (payload.length > LedgerLimit.ENTRY_PAYLOAD_BYTES_MAX.value()) {
      throw new RefusedException(
          LedgerRefusal.ENTRY_TOO_LARGE,
          "a payload in a request has at most "
              + LedgerLimit.ENTRY_PAYLOAD_BYTES_MAX.value()
              + " bytes");
    }
    return payload;
  }

  static String within(String member, String value, LedgerLimit limit) {
    // No character is less than one byte, so most texts need not be encoded to be measured.
    boolean tooLong =
        value.length() > limit.value()
            || (value.length() * 3L > limit.value()
                && value.getBytes(java.nio.charset.StandardCharsets.UTF_8).length > limit.value());
    if (tooLong) {
      throw invalid(member + " has more than " + limit.value() + " bytes");
    }
    return value;
  }

  static RefusedException invalid(String reason) {
    return new RefusedException(LedgerRefusal.ENTRY_INVALID, reason);
  }

  static long millis(String time) {
    try {
      long millis = OffsetDateTime.parse(time).toInstant().toEpochMilli();
      if (millis > 0) {
        return millis;
      }
    } catch (DateTimeException | ArithmeticException e) {
      throw invalid("time is not as RFC 3339 has it");
    }
    throw invalid("time is before 1970");
  }

  static Hash hash(String base64) {
    try {
      return Hash.ofBase64(base64);
    } catch (MalformedException e) {
      throw invalid("claimsDigest is not 32 bytes in base64");
    }
  }

  private static byte[] base64(String text) {
    try {
      return CanonicalBase64.decode(text);
    } catch (MalformedException e) {
      throw invalid("bytes is not base64: " + e.getMessage());
    }
  }
}
