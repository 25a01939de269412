package io.mooring.tenants.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.mooring.platform.LedgerId;
import io.mooring.platform.TenantId;
import io.mooring.platform.commit.CommitStore;
import io.mooring.platform.commit.InMemoryStore;
import io.mooring.platform.identity.Scope;
import io.mooring.tenants.http.Api.Reply;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tenants from birth to closing, their keys, and what a repetition of anything gives. */
@QuarkusTest
class TenantsJourneyTest {
  @TestHTTPResource("/")
  URI server;

  @Inject TestClock clock;
  @Inject InMemoryStore store;

  @AfterEach
  void comeBack() {
    clock.comeBack();
  }

  @Test
  void theOperatorCreatesATenantWhoseKeyWorks() {
    Reply born = Api.operator(server).post("/v1/tenants", "{\"name\":\"Acme\"}");
    assertEquals(201, born.status(), born.body());
    String id = born.json().path("id").asText();
    String key = born.json().path("apiKey").asText();
    assertTrue(id.startsWith("ten_"));
    assertTrue(key.startsWith("mk_test_"));
    assertTrue(born.header("Location").endsWith("/v1/tenants/" + id));
    assertEquals("led_journal/0", born.header("Mooring-Entry"));

    JsonNode me = new Api(server, key).get("/v1/me").json();
    assertEquals(id, me.path("tenant").path("id").asText());
    assertEquals(Scope.values().length - 1, me.path("scopes").size());
    assertFalse(me.path("scopes").toString().contains("operator"));
    assertEquals(200, new Api(server, key).get("/v1/tenants/" + id).status());
  }

  @Test
  void theJournalsFirstCommitSaysSoAndHoldsNoKey() {
    Api owner = Api.owner(server, "Journal");
    LedgerId journal = LedgerId.journal(new TenantId(owner.tenant()));
    CommitStore.Stored first = store.read(journal, 1).orElseThrow();
    String record = new String(first.bytes(), StandardCharsets.ISO_8859_1);
    assertTrue(record.contains("tenant.created"));
    assertTrue(record.contains("key.created"));
    assertFalse(record.contains(owner.credential()));
    assertFalse(record.contains(owner.credential().substring(owner.credential().length() - 59)));
  }

  @Test
  void onlyTheOperatorSeesAndChangesTenants() {
    Api owner = Api.owner(server, "Plain");
    assertEquals("ScopeMissing", owner.post("/v1/tenants", "{\"name\":\"x\"}").code());
    assertEquals("ScopeMissing", owner.get("/v1/tenants").code());
    assertEquals(
        "ScopeMissing", owner.post("/v1/tenants/" + owner.tenant() + "/suspend", "").code());
    assertEquals("CredentialMissing", owner.with("").post("/v1/tenants", "{}").code());
  }

  @Test
  void aTenantFindsNoOtherTenantWhetherThereIsOneOrNot() {
    Api owner = Api.owner(server, "One");
    Api other = Api.owner(server, "Two");
    for (String id :
        List.of(other.tenant(), "ten_nobody0", "ten_operator", "x", owner.tenant() + "2")) {
      Reply read = owner.get("/v1/tenants/" + id);
      assertEquals(404, read.status());
      assertEquals("NotFound", read.code());
      assertEquals(404, owner.post("/v1/tenants/" + id + "/suspend", "").status());
      assertEquals(404, owner.patch("/v1/tenants/" + id, "{\"plan\":\"scale\"}").status());
    }
  }

  @Test
  void aNameIsOneToAHundredCharacters() {
    Api operator = Api.operator(server);
    assertEquals(201, operator.post("/v1/tenants", name("n".repeat(100))).status());
    for (String bad : List.of("", " ", "n".repeat(101), "a\\u0007b")) {
      assertEquals("BodyInvalid", operator.post("/v1/tenants", name(bad)).code());
    }
    assertEquals("BodyInvalid", operator.post("/v1/tenants", "{}").code());
    assertEquals(
        "BodyInvalid", operator.post("/v1/tenants", "{\"name\":\"a\",\"id\":\"ten_mine\"}").code());
    assertEquals("BodyInvalid", operator.post("/v1/tenants", "null").code());
    assertEquals(
        "PlanUnknown", operator.post("/v1/tenants", "{\"name\":\"a\",\"plan\":\"gold\"}").code());
  }

  @Test
  void theListOfTenantsIsPagedAndEachIsOnItOnce() {
    Set<String> made = new HashSet<>();
    for (int i = 0; i < 5; i++) {
      made.add(Api.owner(server, "Listed " + i).tenant());
    }
    Set<String> seen = new HashSet<>();
    String path = "/v1/tenants?perPage=2";
    while (!path.isEmpty()) {
      Reply page = Api.operator(server).get(path);
      assertEquals(200, page.status(), page.body());
      assertTrue(page.json().path("items").size() <= 2);
      for (JsonNode item : page.json().path("items")) {
        assertTrue(seen.add(item.path("id").asText()));
      }
      String link = page.header("Link");
      path = link.isEmpty() ? "" : link.substring(1, link.indexOf('>'));
      assertEquals(path.isEmpty(), page.json().path("nextPageToken").isMissingNode());
    }
    assertTrue(seen.containsAll(made));
  }

  @Test
  void aSuspendedTenantIsToldSoAndWorksAgainAfterwards() {
    Api owner = Api.owner(server, "Pausing");
    Api operator = Api.operator(server);
    String path = "/v1/tenants/" + owner.tenant();
    assertEquals("suspended", operator.post(path + "/suspend", "").json().path("status").asText());
    Reply refused = owner.get("/v1/me");
    assertEquals(403, refused.status());
    assertEquals("TenantSuspended", refused.code());
    assertEquals("active", operator.post(path + "/reactivate", "").json().path("status").asText());
    assertEquals(200, owner.get("/v1/me").status());
  }

  @Test
  void aClosedTenantStaysClosed() {
    Api owner = Api.owner(server, "Ending");
    Api operator = Api.operator(server);
    String path = "/v1/tenants/" + owner.tenant();
    assertEquals("closed", operator.post(path + "/close", "").json().path("status").asText());
    assertEquals(403, owner.get("/v1/me").status());
    assertEquals("LedgerClosed", operator.post(path + "/reactivate", "").code());
  }

  @Test
  void aChangeHoldsToTheVersionThatWasRead() {
    Api owner = Api.owner(server, "Moving");
    Api operator = Api.operator(server);
    String path = "/v1/tenants/" + owner.tenant();
    String tag = operator.get(path).header("ETag");
    Reply moved = operator.patch(path, "{\"plan\":\"business\"}", "If-Match", tag);
    assertEquals(200, moved.status(), moved.body());
    assertEquals("business", moved.json().path("plan").asText());
    assertEquals(moved.header("ETag"), operator.get(path).header("ETag"));
    assertEquals(
        "PreconditionFailed", operator.patch(path, "{\"plan\":\"scale\"}", "If-Match", tag).code());
    assertEquals("business", owner.get("/v1/me").json().path("tenant").path("plan").asText());
    assertEquals(404, operator.patch("/v1/tenants/ten_nobody0", "{\"plan\":\"scale\"}").status());
  }

  @Test
  void aRepetitionOfABirthGivesTheSameTenantAndTheSameKey() {
    String once = UUID.randomUUID().toString();
    Api operator = Api.operator(server);
    Reply first = operator.post("/v1/tenants", name("Twice"), "Idempotency-Key", once);
    Reply again = operator.post("/v1/tenants", name("Twice"), "Idempotency-Key", once);
    assertEquals(201, first.status(), first.body());
    assertEquals("", first.header("Idempotency-Hit"));
    assertEquals(201, again.status(), again.body());
    assertEquals("true", again.header("Idempotency-Hit"));
    assertEquals(first.body(), again.body());
    assertEquals(first.header("Mooring-Entry"), again.header("Mooring-Entry"));
    assertEquals(first.header("Location"), again.header("Location"));

    Reply other = operator.post("/v1/tenants", name("Thrice"), "Idempotency-Key", once);
    assertEquals(422, other.status());
    assertEquals("IdempotencyKeyReused", other.code());
  }

  @Test
  void keysAreMadeShownOnceListedAndRevoked() {
    Api owner = Api.owner(server, "Keys");
    Reply made =
        owner.post("/v1/keys", "{\"name\":\"ci\",\"mode\":\"live\",\"scopes\":[\"keys:read\"]}");
    assertEquals(201, made.status(), made.body());
    String id = made.json().path("id").asText();
    String key = made.json().path("key").asText();
    assertTrue(key.startsWith("mk_live_"));

    Api ci = owner.with(key);
    assertEquals("[\"keys:read\"]", ci.get("/v1/me").json().path("scopes").toString());
    assertEquals("live", ci.get("/v1/me").json().path("mode").asText());
    assertEquals("ScopeMissing", ci.post("/v1/keys", "{}").code());

    Reply list = owner.get("/v1/keys");
    assertEquals(2, list.json().path("items").size());
    assertFalse(list.body().contains(key));
    assertFalse(owner.get("/v1/keys/" + id).body().contains("hash"));

    Reply gone = owner.delete("/v1/keys/" + id);
    assertEquals(204, gone.status(), gone.body());
    assertEquals("", gone.body());
    assertEquals("CredentialRefused", ci.get("/v1/me").code());
    assertEquals(404, owner.get("/v1/keys/" + id).status());
    assertEquals(404, owner.delete("/v1/keys/" + id).status());
  }

  @Test
  void aRepetitionOfARevocationIsAnsweredAsTheFirst() {
    Api owner = Api.owner(server, "Again");
    String id = owner.post("/v1/keys", "{}").json().path("id").asText();
    assertEquals(204, owner.delete("/v1/keys/" + id, "Idempotency-Key", "revoke-it-1").status());
    Reply again = owner.delete("/v1/keys/" + id, "Idempotency-Key", "revoke-it-1");
    assertEquals(204, again.status());
    assertEquals("true", again.header("Idempotency-Hit"));
    assertEquals(404, owner.delete("/v1/keys/" + id, "Idempotency-Key", "revoke-it-2").status());
  }

  @Test
  void aRepetitionOfAKeysMakingShowsTheSameKey() {
    Api owner = Api.owner(server, "Same");
    Reply first = owner.post("/v1/keys", "{\"name\":\"a\"}", "Idempotency-Key", "make-it-1");
    Reply again = owner.post("/v1/keys", "{\"name\":\"a\"}", "Idempotency-Key", "make-it-1");
    assertEquals(first.body(), again.body());
    assertEquals(200, owner.with(again.json().path("key").asText()).get("/v1/me").status());
    assertEquals(2, owner.get("/v1/keys").json().path("items").size());
  }

  @Test
  void nobodyGivesWhatTheyDoNotHave() {
    Api owner = Api.owner(server, "Limited");
    Api weak =
        owner.with(
            owner
                .post("/v1/keys", "{\"scopes\":[\"keys:write\",\"keys:read\"]}")
                .json()
                .path("key")
                .asText());
    assertEquals(
        "ScopeBeyondOwn", weak.post("/v1/keys", "{\"scopes\":[\"ledgers:write\"]}").code());
    assertEquals("ScopeUnknown", weak.post("/v1/keys", "{\"scopes\":[\"operator\"]}").code());
    assertEquals("ScopeUnknown", owner.post("/v1/keys", "{\"scopes\":[\"everything\"]}").code());
    assertEquals(201, weak.post("/v1/keys", "{\"scopes\":[\"keys:read\"]}").status());

    String ownersKey = owner.get("/v1/me").json().path("subject").asText();
    assertEquals("ScopeBeyondOwn", weak.post("/v1/keys/" + ownersKey + "/rotate", "{}").code());
  }

  @Test
  void aKeyExpires() {
    Api owner = Api.owner(server, "Expiring");
    Api brief =
        owner.with(owner.post("/v1/keys", "{\"expiresInSeconds\":60}").json().path("key").asText());
    assertEquals(200, brief.get("/v1/me").status());
    clock.goOn(Duration.ofSeconds(61));
    assertEquals("CredentialRefused", brief.get("/v1/me").code());
    for (String bad : List.of("0", "-1", "315360001")) {
      assertEquals(
          "ExpiryInvalid", owner.post("/v1/keys", "{\"expiresInSeconds\":" + bad + "}").code());
    }
  }

  @Test
  void aRotatedKeyOverlapsWithItsSuccessorAndThenStops() {
    Api owner = Api.owner(server, "Rotating");
    Reply made = owner.post("/v1/keys", "{\"name\":\"app\",\"scopes\":[\"keys:read\"]}");
    Api old = owner.with(made.json().path("key").asText());
    String id = made.json().path("id").asText();

    Reply rotated = owner.post("/v1/keys/" + id + "/rotate", "{\"overlapSeconds\":60}");
    assertEquals(201, rotated.status(), rotated.body());
    Api fresh = owner.with(rotated.json().path("key").asText());
    assertNotEquals(id, rotated.json().path("id").asText());
    assertEquals("app", rotated.json().path("name").asText());
    assertEquals(200, old.get("/v1/me").status());
    assertEquals(200, fresh.get("/v1/me").status());
    assertEquals("[\"keys:read\"]", fresh.get("/v1/me").json().path("scopes").toString());

    clock.goOn(Duration.ofSeconds(61));
    assertEquals("CredentialRefused", old.get("/v1/me").code());
    assertEquals(200, fresh.get("/v1/me").status());
    assertEquals(404, owner.post("/v1/keys/key_" + "0".repeat(26) + "/rotate", "{}").status());
  }

  @Test
  void theHourOfAKeysLastUseIsNoted() throws Exception {
    Api owner = Api.owner(server, "Used");
    String id = owner.get("/v1/me").json().path("subject").asText();
    String used = "";
    for (int i = 0; i < 100 && used.isEmpty(); i++) {
      Thread.sleep(20);
      used = owner.get("/v1/keys/" + id).json().path("lastUsed").asText();
    }
    assertTrue(used.matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:00:00Z"), used);
  }

  @Test
  void pagesOfKeysBelongToTheirTenant() {
    Api owner = Api.owner(server, "Paged");
    Api other = Api.owner(server, "Prying");
    for (int i = 0; i < 4; i++) {
      owner.post("/v1/keys", "{}");
      other.post("/v1/keys", "{}");
    }
    List<String> ids = new ArrayList<>();
    String token = "";
    do {
      Reply page = owner.get("/v1/keys?perPage=2" + (token.isEmpty() ? "" : "&pageToken=" + token));
      page.json().path("items").forEach(item -> ids.add(item.path("id").asText()));
      token = page.json().path("nextPageToken").asText();
      if (!token.isEmpty()) {
        Reply stolen = other.get("/v1/keys?pageToken=" + token);
        assertEquals("CursorInvalid", stolen.code());
        assertEquals("CursorInvalid", owner.get("/v1/members?pageToken=" + token).code());
      }
    } while (!token.isEmpty());
    assertEquals(5, ids.size());
    assertEquals(5, new HashSet<>(ids).size());
    assertEquals("ParameterInvalid", owner.get("/v1/keys?perPage=101").code());
    assertEquals("ParameterInvalid", owner.get("/v1/keys?perPage=0").code());
    assertEquals("ParameterInvalid", owner.get("/v1/keys?perPage=many").code());
  }

  @Test
  void signUpIsClosedUnlessItIsSwitchedOn() {
    assertEquals(
        "SignUpClosed", new Api(server, "").post("/v1/sign-up", "{\"name\":\"me\"}").code());
  }

  private static String name(String name) {
    return "{\"name\":\"" + name + "\"}";
  }
}
