package io.mooring.ledgers.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mooring.ledger.CanonicalBase64;
import io.mooring.ledger.Hash;
import io.mooring.ledger.cbor.CborWriter;
import io.mooring.ledger.note.VerifierKey;
import io.mooring.ledger.tlog.Policy;
import io.mooring.ledger.tlog.ProofFile;
import io.mooring.ledgers.LedgerLimit;
import io.mooring.platform.testing.Client;
import io.mooring.platform.testing.Client.Reply;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ErasureTest {
  private static final String SECRET = "{\"name\":\"Ada\"}";
  private static final String APPEND =
      "{\"type\":\"person\",\"subject\":\"p-1\",\"data\":" + SECRET + ",\"erasable\":true}";

  @TestHTTPResource("/")
  URI server;

  private Client acme;
  private Client eraser;
  private String ledger;
  private String entries;
  private Policy policy;

  @BeforeEach
  void make() {
    acme = Client.of(server, "ten_acme ledgers:read ledgers:write");
    eraser = Client.of(server, "ten_acme ledgers:erase");
    make(0);
  }

  private void make(int retentionDays) {
    String retention = retentionDays == 0 ? "" : ",\"retentionDays\":" + retentionDays;
    Reply made =
        acme.post("/v1/ledgers", "{\"name\":\"x" + UUID.randomUUID() + "\"" + retention + "}");
    assertEquals(201, made.status(), made.text());
    ledger = "/v1/ledgers/" + made.say("id");
    entries = ledger + "/entries";
    policy = Policy.of(VerifierKey.parse(made.say("verifierKey")));
  }

  @Test
  void whatWasErasedIsGoneAndTheProofStays() {
    Reply receipt = acme.post(entries, APPEND);
    assertEquals(201, receipt.status(), receipt.text());
    assertEquals(SECRET, acme.get(entries + "/1/payload").text());
    assertEquals("Ada", acme.get(entries + "/1").json().at("/data/name").asText());

    Reply erased = eraser.delete(entries + "/1/content");

    assertEquals(200, erased.status(), erased.text());
    assertEquals(2, erased.json().at("/erasedBy/index").asLong());
    Reply shown = acme.get(entries + "/1");
    assertFalse(shown.json().has("data") || shown.json().has("bytes") || shown.json().has("salt"));
    assertEquals(2, shown.json().at("/erasedBy/index").asLong());
    assertEquals(receipt.say("leafHash"), shown.say("leafHash"));
    assertEquals(SECRET.length(), shown.json().path("length").asInt());
    Reply payload = acme.get(entries + "/1/payload");
    assertEquals(410, payload.status());
    assertEquals("ContentErased", payload.say("code"));
    ProofFile proof = ProofFile.parse(acme.get(entries + "/1/proof").text());
    assertTrue(proof.check(Hash.ofBase64(receipt.say("leafHash")), policy).verified());
    assertTrue(acme.post(ledger + "/scrub", "").json().path("whole").asBoolean());
  }

  @Test
  void theLogSaysWhatWasErasedAndWhoDidIt() {
    Reply receipt = acme.post(entries, APPEND);
    eraser.delete(entries + "/1/content");

    Reply said = acme.get(entries + "/2");

    assertEquals("mooring.erased", said.say("type"));
    assertEquals("p-1", said.say("subject"));
    assertEquals("key_test", said.say("submitter"));
    assertEquals(1, said.json().at("/data/index").asLong());
    assertEquals(receipt.say("leafHash"), said.json().at("/data/leafHash").asText());
  }

  @Test
  void erasingTwiceIsErasingOnce() {
    acme.post(entries, APPEND);
    Reply first = eraser.delete(entries + "/1/content");

    assertArrayEquals(first.bytes(), eraser.delete(entries + "/1/content").bytes());
    assertEquals("EntryNotFound", acme.get(entries + "/3").say("code"));
  }

  @Test
  void onlyWhatWasAppendedAsErasableCanBeErased() {
    acme.post(entries, "{\"type\":\"a\",\"data\":1}");

    assertEquals("EntryNotErasable", eraser.delete(entries + "/0/content").say("code"));
    assertEquals("EntryNotErasable", eraser.delete(entries + "/1/content").say("code"));
    assertEquals("EntryNotFound", eraser.delete(entries + "/2/content").say("code"));
    assertEquals("ScopeMissing", acme.delete(entries + "/1/content").say("code"));
    assertEquals(
        "LedgerNotFound",
        Client.of(server, "ten_other ledgers:erase").delete(entries + "/1/content").say("code"));
    String blob =
        "{\"type\":\"a\",\"blob\":\"%s\",\"length\":1,\"erasable\":true}"
            .formatted(Hash.ofNothing());
    assertEquals("EntryInvalid", acme.post(entries, blob).say("code"));
  }

  @Test
  void aLedgersRetentionComesFirst() {
    make(30);
    acme.post(entries, APPEND);

    Reply refused = eraser.delete(entries + "/1/content");

    assertEquals(409, refused.status());
    assertEquals("ContentRetained", refused.say("code"));
    assertEquals(SECRET, acme.get(entries + "/1/payload").text());
  }

  @Test
  void ofAClosedLedgerTheJournalSaysSo() {
    acme.post(entries, APPEND);
    acme.post(ledger + "/close", "");

    Reply erased = eraser.delete(entries + "/1/content");

    assertEquals(200, erased.status(), erased.text());
    assertEquals("led_journal", erased.json().at("/erasedBy/ledger").asText());
    String said = "/v1/ledgers/journal/entries/" + erased.json().at("/erasedBy/index").asLong();
    assertEquals("mooring.erased", acme.get(said).say("type"));
    assertEquals("ContentErased", acme.get(entries + "/1/payload").say("code"));
    assertTrue(acme.post(ledger + "/scrub", "").json().path("whole").asBoolean());
  }

  @Test
  void allWaysToAppendCanAskForIt() {
    byte[] bytes = {0, (byte) 0xff};
    byte[] cbor =
        new CborWriter()
            .map(3)
            .text("data")
            .bytes(bytes)
            .text("type")
            .text("a")
            .text("erasable")
            .bool(true)
            .toBytes();
    acme.post(entries + "?type=a&erasable=true", "application/octet-stream", bytes);
    acme.post(entries, "application/cbor-seq", cbor);
    acme.post(entries, "application/x-ndjson", APPEND.getBytes(StandardCharsets.UTF_8));

    assertArrayEquals(bytes, acme.get(entries + "/1/payload").bytes());
    assertArrayEquals(bytes, acme.get(entries + "/2/payload").bytes());
    for (int index = 1; index <= 3; index++) {
      assertEquals(200, eraser.delete(entries + "/" + index + "/content").status());
      assertEquals(410, acme.get(entries + "/" + index + "/payload").status());
    }
  }

  @Test
  void aReceiptThatIsAskedForAgainHasNoSaltAnyMore() {
    Client keyed = acme.with("Idempotency-Key", "append-then-erase");
    Reply first = keyed.post(entries, APPEND);
    assertArrayEquals(first.bytes(), keyed.post(entries, APPEND).bytes());
    assertEquals(16, CanonicalBase64.decode(first.say("salt")).length);
    eraser.delete(entries + "/1/content");

    Reply again = keyed.post(entries, APPEND);

    assertFalse(again.json().has("salt"), again.text());
    assertEquals(first.say("leafHash"), again.say("leafHash"));
    assertEquals(first.json().path("proof"), again.json().path("proof"));
  }

  @Test
  void aRequestHasABoundedNumberOfErasableEntries() {
    int most = LedgerLimit.ERASABLE_ENTRIES_MAX.intValue();

    assertEquals(200, batch(most).status());
    assertEquals("BatchTooLarge", batch(most + 1).say("code"));
  }

  @Test
  void whatThePlatformSaysInALedgerNobodyElseCanSay() {
    Reply forged = acme.post(entries, "{\"type\":\"mooring.erased\",\"data\":{\"index\":1}}");

    assertEquals("EntryInvalid", forged.say("code"));
  }

  private Reply batch(int lines) {
    String body = (APPEND + "\n").repeat(lines);
    return acme.post(entries, "application/x-ndjson", body.getBytes(StandardCharsets.UTF_8));
  }
}
