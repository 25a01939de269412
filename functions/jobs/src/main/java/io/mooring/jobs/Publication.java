package io.mooring.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import io.mooring.ledger.CanonicalBase64;
import io.mooring.ledger.Hash;
import io.mooring.ledger.MalformedException;
import io.mooring.ledgers.http.EntryJson;
import io.mooring.platform.TenantId;
import io.mooring.platform.commit.NewEntry;
import io.mooring.platform.commit.Repetition;
import io.mooring.platform.http.Once;
import io.mooring.platform.problem.PlatformRefusal;
import io.mooring.platform.problem.RefusedException;
import io.mooring.tenants.Certificate;

/**
 * One message that a client published over MQTT, as the rule of IoT Core hands it over.
 *
 * <pre>
 * {"topic": "t/ten_acme/l/shipments/seal.checked/press 7",
 *  "principal": "ba67…", "trace": "9b1c…", "payload": "eyJzZWFsIjoiQTcifQ=="}
 * </pre>
 *
 * The topic names tenant, ledger and type, and whatever follows is the subject. Whether it is told
 * the truth is for the tenant to say, of whose certificates {@code principal} has to be one.
 */
record Publication(
    TenantId tenant,
    Certificate certificate,
    String ledger,
    NewEntry entry,
    Repetition repetition) {
  private static final int SUBJECT = 5;
  private static final byte[] NO_ANSWER = {};

  static Publication of(JsonNode event) {
    String principal = event.path("principal").asText();
    if (!Certificate.isOne(principal)) {
      throw new RefusedException(
          PlatformRefusal.CREDENTIAL_MISSING, "whoever published this has shown no certificate");
    }
    String topic = event.path("topic").asText();
    String[] parts = topic.split("/", SUBJECT + 1);
    if (parts.length < SUBJECT || !parts[0].equals("t") || !parts[2].equals("l")) {
      throw offTopic();
    }
    TenantId tenant = tenant(parts[1]);
    byte[] payload = payload(event.path("payload").asText());
    String subject = parts.length > SUBJECT ? parts[SUBJECT] : "";
    return new Publication(
        tenant,
        new Certificate(principal),
        parts[3],
        EntryJson.ofBytes(parts[4], subject, EntryJson.BYTES, payload, false),
        new Repetition.Keyed(
            Once.keyOf(tenant, "PUBLISH", topic, event.path("trace").asText()),
            Hash.ofBytes(payload),
            NO_ANSWER));
  }

  private static TenantId tenant(String text) {
    try {
      return new TenantId(text);
    } catch (IllegalArgumentException e) {
      throw offTopic();
    }
  }

  private static byte[] payload(String base64) {
    try {
      return CanonicalBase64.decode(base64);
    } catch (MalformedException e) {
      throw new RefusedException(PlatformRefusal.BODY_INVALID, "the payload is not base64");
    }
  }

  private static RefusedException offTopic() {
    return new RefusedException(
        PlatformRefusal.PARAMETER_INVALID, "the topic is not t/{tenant}/l/{ledger}/{type}");
  }
}
