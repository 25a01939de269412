package io.mooring.ledgers.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mooring.ledger.note.VerifierKey;
import io.mooring.platform.testing.Client;
import io.mooring.platform.testing.Client.Reply;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class LedgersTest {
  @TestHTTPResource("/")
  URI server;

  private Client acme;

  @BeforeEach
  void open() {
    acme = Client.of(server, "ten_acme ledgers:read ledgers:write");
  }

  @Test
  void aNewLedgerSaysWhatItIsAndItsFirstEntrySaysTheSame() {
    Reply made =
        acme.post("/v1/ledgers", "{\"name\":\"birth\",\"kind\":\"log\",\"readers\":\"public\"}");

    assertEquals(201, made.status(), made.text());
    String id = made.say("id");
    assertTrue(id.startsWith("led_"));
    assertEquals("mooring.localhost/" + id, made.say("origin"));
    assertEquals(made.say("origin"), VerifierKey.parse(made.say("verifierKey")).name());
    assertEquals("/v1/ledgers/" + id, URI.create(made.header("Location")).getPath());
    assertEquals(made.json(), acme.get("/v1/ledgers/birth").json());
    assertEquals(made.json(), Client.stranger(server).get("/v1/ledgers/" + id).json());

    Reply genesis = acme.get("/v1/ledgers/birth/entries/0");
    assertEquals("mooring.genesis", genesis.say("type"));
    assertEquals(made.json().path("slot"), genesis.json().path("data").path("slot"));
    assertEquals(made.json().path("verifierKey"), genesis.json().path("data").path("verifierKey"));
  }

  @Test
  void makingALedgerIsAnEntryOfTheJournal() {
    Client birch = Client.of(server, "ten_birch ledgers:read ledgers:write");
    String id = birch.post("/v1/ledgers", "{\"name\":\"first\"}").say("id");

    Reply journal = birch.get("/v1/ledgers/journal/entries?subject=" + id);

    assertEquals(1, journal.json().path("items").size(), journal.text());
    assertEquals("ledger.created", journal.json().at("/items/0/type").asText());
    assertEquals("led_journal", birch.get("/v1/ledgers/journal").say("id"));
    assertEquals(
        "JournalIsKept",
        birch.post("/v1/ledgers/journal/entries", "{\"type\":\"a\",\"data\":1}").say("code"));
  }

  @Test
  void everyLedgerOfTheDeploymentHasASlotOfItsOwn() {
    Set<Long> slots = new HashSet<>();
    for (int i = 0; i < 10; i++) {
      Client tenant = Client.of(server, "ten_slot" + i + " ledgers:read ledgers:write");
      slots.add(tenant.post("/v1/ledgers", "{\"name\":\"a\"}").json().path("slot").asLong());
      slots.add(tenant.get("/v1/ledgers/journal").json().path("slot").asLong());
    }

    assertEquals(20, slots.size());
  }

  @Test
  void aNameIsTakenOnceInATenantAndFreeInAnother() {
    String body = "{\"name\":\"taken\"}";
    assertEquals(201, acme.post("/v1/ledgers", body).status());

    assertEquals("LedgerNameTaken", acme.post("/v1/ledgers", body).say("code"));
    assertEquals("LedgerNameTaken", acme.post("/v1/ledgers", "{\"name\":\"journal\"}").say("code"));
    Client other = Client.of(server, "ten_other ledgers:read ledgers:write");
    assertEquals(201, other.post("/v1/ledgers", body).status());
  }

  @Test
  void theSameRequestAgainGivesTheSameLedger() {
    Client once = acme.with("Idempotency-Key", "make-it-once");
    Reply first = once.post("/v1/ledgers", "{\"name\":\"once\"}");
    Reply again = once.post("/v1/ledgers", "{\"name\":\"once\"}");

    assertEquals(201, again.status(), again.text());
    assertEquals(first.json(), again.json());
    assertEquals(
        "IdempotencyKeyReused", once.post("/v1/ledgers", "{\"name\":\"twice\"}").say("code"));
  }

  @Test
  void aListIsReadPageByPage() {
    Client many = Client.of(server, "ten_many ledgers:read ledgers:write");
    for (int i = 0; i < 5; i++) {
      many.post("/v1/ledgers", "{\"name\":\"l" + i + "\"}");
    }

    Set<String> seen = new HashSet<>();
    String token = "";
    int pages = 0;
    do {
      Reply page = many.get("/v1/ledgers?perPage=2" + (pages == 0 ? "" : "&pageToken=" + token));
      page.json().path("items").forEach(ledger -> seen.add(ledger.path("name").asText()));
      token = page.say("nextPageToken");
      pages++;
    } while (!token.isEmpty());

    assertEquals(Set.of("l0", "l1", "l2", "l3", "l4"), seen);
    assertEquals(3, pages);
  }

  @Test
  void aClosedLedgerTakesNothingMoreAndShowsAllThatItHas() {
    String id = acme.post("/v1/ledgers", "{\"name\":\"closing\"}").say("id");
    String entries = "/v1/ledgers/" + id + "/entries";
    assertEquals(201, acme.post(entries, "{\"type\":\"a\",\"data\":1}").status());

    Reply closed = acme.post("/v1/ledgers/" + id + "/close", "{}");

    assertEquals(200, closed.status(), closed.text());
    assertTrue(closed.json().path("closed").asBoolean());
    assertEquals(200, acme.post("/v1/ledgers/" + id + "/close", "{}").status());
    assertEquals("LedgerClosed", acme.post(entries, "{\"type\":\"a\",\"data\":2}").say("code"));
    assertEquals(3, acme.get(entries).json().path("items").size());
    assertEquals("mooring.closed", acme.get(entries + "/2").say("type"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"name\":\"a\",\"kind\":\"evm\"}        | LedgerKindUnknown",
        "{\"name\":\"a\",\"readers\":\"all\"}     | BodyInvalid",
        "{\"name\":\"A\"}                         | BodyInvalid",
        "{\"name\":\"led_abcd\"}                  | BodyInvalid",
        "{\"kind\":\"log\"}                       | BodyInvalid",
        "{\"name\":\"a\",\"retentionDays\":-1}    | BodyInvalid",
        "{\"name\":\"a\",\"nmae\":\"b\"}          | BodyInvalid",
        "{\"name\":\"a\",\"name\":\"b\"}          | JsonMalformed"
      })
  void whatNoLedgerCanBeIsRefused(String body, String code) {
    assertEquals(code, acme.post("/v1/ledgers", body).say("code"));
  }

  @Test
  void nobodyIsShownALedgerThatIsNotForThem() {
    String secret = acme.post("/v1/ledgers", "{\"name\":\"secret\"}").say("id");
    String shared =
        acme.post("/v1/ledgers", "{\"name\":\"shared\",\"readers\":\"auditors\"}").say("id");
    String open = acme.post("/v1/ledgers", "{\"name\":\"open\",\"readers\":\"public\"}").say("id");
    Client stranger = Client.stranger(server);
    Client rival = Client.of(server, "ten_rival ledgers:read ledgers:write");
    Client auditor = Client.of(server, "ten_acme evidence:read");

    for (String path :
        new String[] {
          "",
          "/entries",
          "/entries/0",
          "/entries/0/proof",
          "/log/checkpoint",
          "/log/tile/0/000.p/1",
          "/log/tile/entries/000.p/1"
        }) {
      for (Client client : new Client[] {stranger, rival}) {
        assertEquals(404, client.get("/v1/ledgers/" + secret + path).status(), path);
        assertEquals(404, client.get("/v1/ledgers/" + shared + path).status(), path);
        assertEquals(200, client.get("/v1/ledgers/" + open + path).status(), path);
        assertEquals(404, client.get("/v1/ledgers/open" + path).status(), path);
      }
      assertEquals(403, auditor.get("/v1/ledgers/" + secret + path).status(), path);
      assertEquals(200, auditor.get("/v1/ledgers/" + shared + path).status(), path);
    }
    assertEquals(401, acme.with("Authorization", "Bearer x").get("/v1/ledgers/open").status());
    assertEquals(401, stranger.post("/v1/ledgers/" + open + "/entries", "{}").status());
    assertEquals(404, rival.post("/v1/ledgers/" + open + "/entries", "{}").status());
    assertNotEquals(secret, open);
  }
}
