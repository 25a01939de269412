package io.mooring.tenants.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.mooring.tenants.TestKeys;
import io.mooring.tenants.http.Api.Reply;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Keys exchanged for tokens, as an OAuth 2.0 client does it, and tokens through key rotation. */
@QuarkusTest
class TokensTest {
  private static final String FORM = "application/x-www-form-urlencoded";

  @TestHTTPResource("/")
  URI server;

  @Inject TestClock clock;
  @Inject TestKeys keys;

  private Api owner;
  private Api anybody;

  @BeforeEach
  void aTenant() {
    owner = Api.owner(server, "Tokens");
    anybody = owner.with("");
  }

  @AfterEach
  void comeBack() {
    clock.comeBack();
  }

  @Test
  void aKeyIsExchangedForAShortLivedToken() {
    Reply answer = exchange("");
    assertEquals(200, answer.status(), answer.body());
    assertEquals("Bearer", answer.json().path("token_type").asText());
    assertEquals(900, answer.json().path("expires_in").asInt());
    assertEquals("no-store", answer.header("Cache-Control"));

    Api token = owner.with(answer.json().path("access_token").asText());
    assertEquals(owner.get("/v1/me").body(), token.get("/v1/me").body());
    clock.goOn(Duration.ofSeconds(900 + 31));
    assertEquals("CredentialRefused", token.get("/v1/me").code());
  }

  @Test
  void theClientIdMayBeTheTenantOrTheKeyAndNothingElse() {
    String key = owner.get("/v1/me").json().path("subject").asText();
    assertEquals(200, exchange("&client_id=" + owner.tenant()).status());
    assertEquals(200, exchange("&client_id=" + key).status());
    Reply refused = exchange("&client_id=ten_other000");
    assertEquals(401, refused.status());
    assertEquals("invalid_client", refused.json().path("error").asText());
  }

  @Test
  void httpBasicServesAsWell() {
    assertEquals(200, basic(owner.tenant(), owner.credential()).status());
    assertEquals(200, basic("", owner.credential()).status());
    assertEquals(401, basic(owner.tenant(), owner.credential() + "x").status());
    Reply both =
        anybody.post(
            "/v1/token",
            "grant_type=client_credentials&client_secret=" + owner.credential(),
            "Content-Type",
            FORM,
            "Authorization",
            "Basic " + base64("a:" + owner.credential()));
    assertEquals("invalid_request", both.json().path("error").asText());
  }

  @Test
  void aTokenCanHaveFewerScopesAndNeverMore() {
    Reply fewer = exchange("&scope=keys%3Aread+ledgers%3Aread");
    assertEquals("ledgers:read keys:read", fewer.json().path("scope").asText());
    Api token = owner.with(fewer.json().path("access_token").asText());
    assertEquals(200, token.get("/v1/keys").status());
    assertEquals("ScopeMissing", token.post("/v1/keys", "{}").code());
    assertEquals("ScopeMissing", token.get("/v1/members").code());

    for (String scope : List.of("operator", "everything", "keys:read operator", "keys:read  x")) {
      Reply refused = exchange("&scope=" + URLEncoder.encode(scope, StandardCharsets.UTF_8));
      assertEquals(400, refused.status());
      assertEquals("invalid_scope", refused.json().path("error").asText());
    }
  }

  @Test
  void aTokenIsNotExchangedForAnotherNorIsTheOperatorsKey() {
    String token = exchange("").json().path("access_token").asText();
    for (String secret : List.of(token, Api.OPERATOR_KEY, "mk_test_nonsense", "")) {
      Reply refused =
          anybody.post(
              "/v1/token",
              "grant_type=client_credentials&client_secret=" + secret,
              "Content-Type",
              FORM);
      assertEquals(401, refused.status());
      assertEquals("ClientRefused", refused.code());
    }
  }

  @Test
  void whatIsNotAsOAuthHasItIsRefusedInItsWords() {
    String secret = "&client_secret=" + owner.credential();
    assertEquals("unsupported_grant_type", error("grant_type=password" + secret));
    assertEquals("unsupported_grant_type", error(secret.substring(1)));
    String grant = "grant_type=client_credentials";
    assertEquals("invalid_request", error(grant + secret + secret));
    assertEquals("invalid_request", error(grant + "&" + grant + secret));
    assertEquals("invalid_request", error(grant + "&client_secret=%ZZ"));
    assertEquals("invalid_request", error(grant + "&client_secret"));
    assertEquals("UnsupportedMediaType", anybody.post("/v1/token", "{}").code());
  }

  @Test
  void aTokenDiesWithItsKeyAndWithItsTenant() {
    Reply made = owner.post("/v1/keys", "{}");
    Api token = owner.with(tokenOf(made.json().path("key").asText()));
    assertEquals(200, token.get("/v1/me").status());
    owner.delete("/v1/keys/" + made.json().path("id").asText());
    assertEquals("CredentialRefused", token.get("/v1/me").code());

    Api second = owner.with(tokenOf(owner.credential()));
    Api.operator(server).post("/v1/tenants/" + owner.tenant() + "/suspend", "");
    assertEquals("TenantSuspended", second.get("/v1/me").code());
  }

  @Test
  void signingKeysChangeWithoutAMomentInWhichAGoodTokenIsRefused() {
    Api before = owner.with(tokenOf(owner.credential()));
    String oldKey = keys.id();
    keys.rotate();
    assertEquals(oldKey, keys.id(), "a new key is announced before it signs");
    assertEquals(200, before.get("/v1/me").status());

    clock.goOn(Duration.ofMinutes(11));
    String newKey = keys.id();
    assertTrue(!newKey.equals(oldKey));
    assertEquals(200, before.get("/v1/me").status());
    assertEquals(200, owner.with(tokenOf(owner.credential())).get("/v1/me").status());
    assertTrue(published().contains(oldKey) && published().contains(newKey));

    clock.goOn(Duration.ofMinutes(75));
    assertTrue(!published().contains(oldKey));
    assertTrue(published().contains(newKey));
  }

  @Test
  void anotherLibraryVerifiesATokenWithThePublishedKeys() throws Exception {
    String token = tokenOf(owner.credential());
    JsonWebKeySet set = new JsonWebKeySet(anybody.get("/.well-known/jwks.json").body());
    JwtClaims claims =
        new JwtConsumerBuilder()
            .setVerificationKeyResolver(new JwksVerificationKeyResolver(set.getJsonWebKeys()))
            .setExpectedIssuer("https://mooring.test")
            .setExpectedAudience("https://mooring.test/api")
            .build()
            .processToClaims(token);
    assertEquals(owner.tenant(), claims.getStringClaimValue("tenant"));
  }

  @Test
  void whatIsWellKnownNamesTheEndpointsAndShowsNoPrivateKey() {
    for (String path :
        List.of("/.well-known/openid-configuration", "/.well-known/oauth-authorization-server")) {
      JsonNode document = anybody.get(path).json();
      assertEquals("https://mooring.test", document.path("issuer").asText());
      assertEquals("https://mooring.test/v1/token", document.path("token_endpoint").asText());
      assertEquals(
          "https://mooring.test/.well-known/jwks.json", document.path("jwks_uri").asText());
    }
    JsonNode key = anybody.get("/.well-known/jwks.json").json().path("keys").get(0);
    assertEquals("P-256", key.path("crv").asText());
    assertTrue(key.path("d").isMissingNode());
    assertEquals("v1", anybody.get("/.well-known/mooring").json().path("api").asText());
  }

  private String published() {
    return anybody.get("/.well-known/jwks.json").body();
  }

  private String error(String form) {
    return anybody.post("/v1/token", form, "Content-Type", FORM).json().path("error").asText();
  }

  private String tokenOf(String key) {
    return anybody
        .post(
            "/v1/token", "grant_type=client_credentials&client_secret=" + key, "Content-Type", FORM)
        .json()
        .path("access_token")
        .asText();
  }

  private Reply exchange(String more) {
    return anybody.post(
        "/v1/token",
        "grant_type=client_credentials&client_secret=" + owner.credential() + more,
        "Content-Type",
        FORM);
  }

  private Reply basic(String id, String secret) {
    return anybody.post(
        "/v1/token",
        "grant_type=client_credentials",
        "Content-Type",
        FORM,
        "Authorization",
        "Basic " + base64(id + ":" + secret));
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
