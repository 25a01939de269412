package io.mooring.ledgers.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
class UpkeepTest {
  private static final int ENTRIES = 5_000;

  @TestHTTPResource("/")
  URI server;

  private Client acme;
  private String ledger;

  @BeforeEach
  void fill() {
    acme = Client.of(server, "ten_acme ledgers:read ledgers:write");
    ledger =
        "/v1/ledgers/"
            + acme.post("/v1/ledgers", "{\"name\":\"u" + UUID.randomUUID() + "\"}").say("id");
    byte[] lines = "{\"type\":\"a\",\"data\":1}\n".repeat(ENTRIES).getBytes(StandardCharsets.UTF_8);
    assertEquals(200, acme.post(ledger + "/entries", "application/x-ndjson", lines).status());
  }

  @Test
  void aScrubSaysWhatItHasReadAndWhetherThereIsMore() {
    Reply scrubbed = acme.post(ledger + "/scrub", "");

    assertTrue(scrubbed.json().path("whole").asBoolean(), scrubbed.text());
    assertEquals(2, scrubbed.json().path("commits").asLong());
    assertEquals(2, scrubbed.json().path("ofCommits").asLong());
    assertEquals(ENTRIES + 1, scrubbed.json().path("entries").asLong());
    assertFalse(scrubbed.json().has("nextPageToken"));
  }

  @Test
  void aRebuildSaysWhatItHasMadeAndWhetherThereIsMore() {
    Reply rebuilt = acme.post(ledger + "/rebuild", "");

    assertEquals(1, rebuilt.json().path("objects").asLong(), rebuilt.text());
    assertEquals(ENTRIES + 1, rebuilt.json().path("entries").asLong());
    assertEquals(ENTRIES + 1, rebuilt.json().path("ofEntries").asLong());
    assertFalse(rebuilt.json().has("nextPageToken"));
  }

  @Test
  void aRepairSaysWhatItHasPutRight() {
    String item = "T#ten_acme# LEDGER#" + ledger.substring(ledger.lastIndexOf('/') + 1) + "#";
    Reply whole = acme.post(ledger + "/repair", "");

    assertEquals(0, whole.json().path("mended").size(), whole.text());
    assertEquals(2, whole.json().path("commits").asLong());
    assertEquals(2, whole.json().path("ofCommits").asLong());
    assertEquals(ENTRIES + 1, whole.json().path("entries").asLong());
    assertFalse(whole.json().has("nextPageToken"));

    StoresInMemory.lose(item);
    Reply mended = acme.post("/v1/ledgers/journal/repair", "");
    assertEquals(item, mended.json().path("mended").path(0).path("item").asText(), mended.text());
    assertTrue(
        mended.json().path("mended").path(0).path("what").asText().startsWith("it is as commit "),
        mended.text());
    assertEquals(200, acme.get(ledger).status());
  }

  @Test
  void onlyTheOperatorRepairsByTheTenantsName() {
    assertEquals(
        "ScopeMissing", acme.post("/v1/ledgers/journal/repair?tenant=ten_acme", "").say("code"));
    Client operator = Client.of(server, "ten_operator operator");
    assertEquals(200, operator.post("/v1/ledgers/journal/repair?tenant=ten_acme", "").status());
    assertEquals(200, operator.post("/v1/ledgers/journal/repair", "").status());
    String own = ledger + "/repair?tenant=";
    assertEquals(200, operator.post(own + "ten_acme", "").status());
    assertEquals("LedgerNotFound", operator.post(own + "ten_other", "").say("code"));
    assertEquals("NotFound", operator.post(own + "nobody", "").say("code"));
  }

  @Test
  void nobodyGoesOnWhereNoPartHasEnded() {
    for (String work : new String[] {"/scrub", "/rebuild", "/repair"}) {
      Reply refused = acme.post(ledger + work + "?pageToken=" + "A".repeat(64), "");

      assertEquals(400, refused.status());
      assertEquals("CursorInvalid", refused.say("code"));
    }
  }
}
