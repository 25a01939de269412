package io.mooring.tenants.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.mooring.tenants.TestKeys;
import io.mooring.tenants.http.Api.Reply;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jose4j.jwk.RsaJsonWebKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Members who sign in at an issuer of their own, here a server on this machine. */
@QuarkusTest
class MembersTest {
  @TestHTTPResource("/")
  URI server;

  @Inject TestKeys keys;

  private final AtomicInteger fetches = new AtomicInteger();
  private HttpServer idp;
  private String issuer;
  private KeyPair key;
  private Api owner;
  private long now;

  @BeforeEach
  void anIssuer() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    key = generator.generateKeyPair();
    idp = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    issuer = "http://127.0.0.1:" + idp.getAddress().getPort();
    serve("/jwks", 200, jwks());
    serve("/moved", 302, "");
    serve("/huge", 200, " ".repeat(70_000) + jwks());
    serve("/broken", 200, "{\"keys\":[");
    idp.start();
    owner = Api.owner(server, "Members");
    now = Instant.now().getEpochSecond();
  }

  @AfterEach
  void stop() {
    idp.stop(0);
  }

  @Test
  void aMemberActsWithTheRoleItHasUntilItIsRemoved() {
    trust("/jwks", "");
    Reply added = add("ada", "developer");
    assertEquals(201, added.status(), added.body());
    String id = added.json().path("id").asText();
    Api ada = owner.with(token("ada", ""));
    assertEquals(id, ada.get("/v1/me").json().path("subject").asText());
    assertEquals(200, ada.get("/v1/keys").status());
    assertEquals("ScopeMissing", ada.post("/v1/keys", "{}").code());

    assertEquals(200, owner.patch("/v1/members/" + id, "{\"role\":\"admin\"}").status());
    assertEquals(201, ada.post("/v1/keys", "{}").status());
    assertEquals(204, owner.delete("/v1/members/" + id).status());
    assertEquals("CredentialRefused", ada.get("/v1/me").code());
  }

  @Test
  void aStrangerOfATrustedIssuerIsNobody() {
    trust("/jwks", "");
    assertEquals("CredentialRefused", owner.with(token("eve", "")).get("/v1/me").code());
  }

  @Test
  void aClaimGivesARoleWhereTheTenantSaysSo() {
    trust("/jwks", ",\"roleClaim\":\"groups\",\"roles\":{\"audit\":\"auditor\"}");
    Api auditor = owner.with(token("bob", ",\"groups\":[\"staff\",\"audit\"]"));
    assertEquals(200, auditor.get("/v1/keys").status());
    assertEquals("ScopeMissing", auditor.post("/v1/keys", "{}").code());
    assertEquals("ScopeMissing", auditor.post("/v1/members", "{}").code());
    assertEquals(
        "CredentialRefused",
        owner.with(token("bob", ",\"groups\":[\"staff\"]")).get("/v1/me").code());
  }

  @Test
  void anIssuerThatIsNotTrustedAnyMoreSpeaksForNobody() {
    String id = trust("/jwks", "").json().path("id").asText();
    add("ada", "auditor");
    Api ada = owner.with(token("ada", ""));
    assertEquals(200, ada.get("/v1/me").status());
    assertEquals(204, owner.delete("/v1/issuers/" + id).status());
    assertEquals("CredentialRefused", ada.get("/v1/me").code());
  }

  @Test
  void anIssuerSpeaksOnlyForTheTenantThatTrustsItAndThatTheTokenIsFor() {
    trust("/jwks", "");
    add("ada", "owner");
    Api other = Api.owner(server, "Other");
    String forOther = token(other.tenant(), "ada", now + 600, "", "RS256");
    assertEquals("CredentialRefused", owner.with(forOther).get("/v1/me").code());
  }

  @Test
  void aForeignTokenIsJudgedAsStrictlyAsOurOwn() {
    trust("/jwks", "");
    add("ada", "owner");
    assertEquals(200, owner.with(token("ada", "")).get("/v1/me").status());
    String tenant = owner.tenant();
    assertRefused(token(tenant, "ada", now - 31, "", "RS256"));
    assertRefused(
        Forgery.hs256(
            header("HS256"), claims(tenant, "ada", now + 600, ""), key.getPublic().getEncoded()));
    assertRefused(Forgery.unsigned(header("none"), claims(tenant, "ada", now + 600, "")));
    assertRefused(
        Forgery.es256(header("ES256"), claims(tenant, "ada", now + 600, ""), keys.privateKey()));
    assertRefused(
        Forgery.rs256(
            "{\"alg\":\"RS256\",\"kid\":\"other\"}",
            claims(tenant, "ada", now + 600, ""),
            key.getPrivate()));
    assertRefused(
        Forgery.rs256(
            header("RS256"),
            claims(tenant, "ada", now + 600, "").replace("urn:mooring:", "urn:other:"),
            key.getPrivate()));
  }

  @Test
  void anUnknownKeyIdMakesUsFetchOnceAMinuteAndNoMore() {
    trust("/jwks", "");
    add("ada", "owner");
    assertEquals(200, owner.with(token("ada", "")).get("/v1/me").status());
    for (int i = 0; i < 20; i++) {
      String unknown =
          Forgery.rs256(
              "{\"alg\":\"RS256\",\"kid\":\"unknown-" + i + "\"}",
              claims(owner.tenant(), "ada", now + 600, ""),
              key.getPrivate());
      assertRefused(unknown);
    }
    assertEquals(1, fetches.get());
  }

  @Test
  void keysThatMoveOrRunOverOrBreakAreNotHad() {
    for (String path : List.of("/moved", "/huge", "/broken", "/nowhere")) {
      Api tenant = Api.owner(server, "Fetching");
      tenant.post(
          "/v1/issuers", "{\"issuer\":\"" + issuer + "\",\"jwksUrl\":\"" + issuer + path + "\"}");
      tenant.post(
          "/v1/members", "{\"issuer\":\"" + issuer + "\",\"subject\":\"ada\",\"role\":\"owner\"}");
      String token = token(tenant.tenant(), "ada", now + 600, "", "RS256");
      assertEquals("CredentialRefused", tenant.with(token).get("/v1/me").code(), path);
    }
  }

  @Test
  void anIssuerHasAUrlThatCanBeFetchedAndIsNotOurs() {
    for (String url :
        List.of(
            "ftp://a.test/x",
            "file:///etc/passwd",
            "https://u:p@a.test/",
            "https:///x",
            "x",
            "https://a.test/#f",
            "https://mooring.test")) {
      Reply refused =
          owner.post(
              "/v1/issuers", "{\"issuer\":\"" + url + "\",\"jwksUrl\":\"https://a.test/j\"}");
      assertEquals("IssuerRefused", refused.code(), url);
    }
    assertEquals(
        "BodyInvalid", owner.post("/v1/issuers", "{\"issuer\":\"https://a.test\"}").code());
  }

  @Test
  void anIssuersRolesHaveTheirBounds() {
    assertEquals("BodyInvalid", rolesOf(21, 10).code());
    assertEquals("BodyInvalid", rolesOf(1, 101).code());
    assertEquals(201, rolesOf(20, 100).status());
    String tooLongToKeep = "{\"issuer\":\"https://a.test/" + "é".repeat(490) + "\"";
    assertEquals(
        "BodyInvalid",
        owner
            .post(
                "/v1/issuers",
                tooLongToKeep
                    + ",\"jwksUrl\":\"https://a.test/"
                    + "é".repeat(490)
                    + "\",\"roles\":{"
                    + roles(20, 100)
                    + "}}",
                "Idempotency-Key",
                "too-long-to-keep")
            .code());
  }

  private Reply rolesOf(int count, int characters) {
    return owner.post(
        "/v1/issuers",
        "{\"issuer\":\"https://a.test\",\"jwksUrl\":\"https://a.test/j\",\"roles\":{"
            + roles(count, characters)
            + "}}");
  }

  private static String roles(int count, int characters) {
    return IntStream.range(0, count)
        .mapToObj(i -> "\"" + "r".repeat(characters - 2) + (10 + i) + "\":\"auditor\"")
        .collect(Collectors.joining(","));
  }

  @Test
  void membersAreListedOnceEachAndNobodyGivesARoleBeyondTheirOwn() {
    trust("/jwks", "");
    assertEquals(201, add("ada", "admin").status());
    assertEquals("AlreadyThere", add("ada", "auditor").code());
    assertEquals("RoleUnknown", add("bob", "emperor").code());
    assertEquals(1, owner.get("/v1/members").json().path("items").size());
    assertEquals(1, owner.get("/v1/issuers").json().path("items").size());

    Api admin = owner.with(token("ada", ""));
    assertEquals(
        "ScopeBeyondOwn",
        admin
            .post(
                "/v1/members",
                "{\"issuer\":\"" + issuer + "\",\"subject\":\"eve\",\"role\":\"owner\"}")
            .code());
    String id = owner.get("/v1/members").json().path("items").get(0).path("id").asText();
    assertEquals("ScopeBeyondOwn", admin.patch("/v1/members/" + id, "{\"role\":\"owner\"}").code());
    String ownerMember = add("root", "owner").json().path("id").asText();
    assertTrue(ownerMember.startsWith("mem_"));
    assertEquals("ScopeBeyondOwn", admin.delete("/v1/members/" + ownerMember).code());
    assertEquals(
        404, owner.patch("/v1/members/mem_" + "0".repeat(26), "{\"role\":\"admin\"}").status());
  }

  private void assertRefused(String token) {
    assertEquals("CredentialRefused", owner.with(token).get("/v1/me").code());
  }

  private Reply trust(String jwksPath, String more) {
    Reply trusted =
        owner.post(
            "/v1/issuers",
            "{\"issuer\":\""
                + issuer
                + "\",\"jwksUrl\":\""
                + issuer
                + jwksPath
                + "\""
                + more
                + "}");
    assertEquals(201, trusted.status(), trusted.body());
    return trusted;
  }

  private Reply add(String subject, String role) {
    return owner.post(
        "/v1/members",
        "{\"issuer\":\""
            + issuer
            + "\",\"subject\":\""
            + subject
            + "\",\"role\":\""
            + role
            + "\"}");
  }

  private String token(String subject, String more) {
    return token(owner.tenant(), subject, now + 600, more, "RS256");
  }

  private String token(String tenant, String subject, long expiry, String more, String algorithm) {
    return Forgery.rs256(
        header(algorithm), claims(tenant, subject, expiry, more), key.getPrivate());
  }

  private static String header(String algorithm) {
    return "{\"alg\":\"" + algorithm + "\",\"kid\":\"idp-1\"}";
  }

  private String claims(String tenant, String subject, long expiry, String more) {
    return "{\"iss\":\""
        + issuer
        + "\",\"aud\":\"urn:mooring:"
        + tenant
        + "\",\"sub\":\""
        + subject
        + "\",\"iat\":"
        + (now - 60)
        + ",\"exp\":"
        + expiry
        + more
        + "}";
  }

  private String jwks() {
    RsaJsonWebKey jwk = new RsaJsonWebKey((RSAPublicKey) key.getPublic());
    jwk.setKeyId("idp-1");
    jwk.setUse("sig");
    return "{\"keys\":[" + jwk.toJson() + "]}";
  }

  private void serve(String path, int status, String body) {
    idp.createContext(
        path,
        exchange -> {
          fetches.incrementAndGet();
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Location", issuer + "/jwks");
          try (exchange) {
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
          } catch (IOException e) {
            // A reader that hangs up on too large an answer is what one of the tests is about.
          }
        });
  }
}
