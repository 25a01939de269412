package io.mooring.tenants.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mooring.platform.http.AuthenticationFilter;
import io.mooring.platform.identity.Credentials;
import io.mooring.tenants.TestKeys;
import io.mooring.tenants.http.Api.Reply;
import io.mooring.tenants.lambda.GatewayAuthoriser;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The attacks on identity of the fault catalogue (61 to 66), each against both adapters: the HTTP
 * filter, and the authoriser of the API Gateway. Every refusal must read the same.
 */
@QuarkusTest
class AttacksTest {
  private static final String ISSUER = "https://mooring.test";
  private static final String AUDIENCE = "https://mooring.test/api";

  @TestHTTPResource("/")
  URI server;

  @Inject TestKeys keys;
  @Inject Credentials credentials;

  private Api owner;
  private String keyId;
  private long now;

  @BeforeEach
  void aTenantWithAKey() {
    owner = Api.owner(server, "Attacked");
    keyId = owner.get("/v1/me").json().path("subject").asText();
    now = Instant.now().getEpochSecond();
  }

  @Test
  void theForgersOwnHonestTokenIsGoodSoTheAttacksFailForTheirOwnReason() {
    String honest = Forgery.es256(header(), claims(), keys.privateKey());
    assertEquals(200, owner.with(honest).get("/v1/me").status());
    assertEquals(true, gateway(honest).get("isAuthorized"));
  }

  @TestFactory
  List<DynamicTest> everyForgedCredentialIsRefusedByBothAdaptersInTheSameWords() throws Exception {
    return attacks().entrySet().stream()
        .map(
            attack ->
                DynamicTest.dynamicTest(
                    attack.getKey(),
                    () -> {
                      assertRefused(attack.getValue());
                      assertEquals(Map.of("isAuthorized", false), gateway(attack.getValue()));
                    }))
        .toList();
  }

  private void assertRefused(String credential) {
    Reply refused = owner.with(credential).get("/v1/me");
    if (credential.length() > 16 * 1024) {
      assertEquals(431, refused.status()); // beyond the bound of all headers it is not even read
      return;
    }
    assertEquals(401, refused.status(), refused.body());
    assertEquals("CredentialRefused", refused.code());
    assertEquals("the credential is not valid", refused.json().path("detail").asText());
    assertEquals("Bearer", refused.header("WWW-Authenticate"));
  }

  private Map<String, String> attacks() throws Exception {
    var attacks = new LinkedHashMap<String, String>();
    String good = Forgery.es256(header(), claims(), keys.privateKey());
    String signed = good.substring(0, good.lastIndexOf('.'));
    KeyPair rsa = pair("RSA", 2048);
    KeyPair mine = pair("EC", 256);
    byte[] theirPublicKey = keys.publicKey().getEncoded();

    attacks.put("alg none", Forgery.unsigned("{\"alg\":\"none\"}", claims()));
    attacks.put("alg None", Forgery.unsigned(with(header(), "alg", "\"None\""), claims()));
    attacks.put(
        "alg none with our kid", Forgery.unsigned(with(header(), "alg", "\"none\""), claims()));
    attacks.put("our header, no signature", signed + ".");
    attacks.put("two parts only", signed);
    attacks.put(
        "an empty alg", Forgery.es256(with(header(), "alg", "\"\""), claims(), keys.privateKey()));
    attacks.put(
        "no alg", Forgery.es256("{\"kid\":\"" + keys.id() + "\"}", claims(), keys.privateKey()));
    attacks.put(
        "HS256 with our public key as the secret",
        Forgery.hs256(with(header(), "alg", "\"HS256\""), claims(), theirPublicKey));
    attacks.put(
        "HS256 with our public key in PEM as the secret",
        Forgery.hs256(with(header(), "alg", "\"HS256\""), claims(), pem(theirPublicKey)));
    attacks.put(
        "ES256 in the header over an HMAC", Forgery.hs256(header(), claims(), theirPublicKey));
    attacks.put(
        "RS256 with our kid",
        Forgery.rs256(with(header(), "alg", "\"RS256\""), claims(), rsa.getPrivate()));
    attacks.put(
        "ES384 in the header",
        Forgery.es256(with(header(), "alg", "\"ES384\""), claims(), keys.privateKey()));
    attacks.put("another key under our kid", Forgery.es256(header(), claims(), mine.getPrivate()));
    attacks.put(
        "a signature of zeros (CVE-2022-21449)", signed + "." + Forgery.base64(new byte[64]));
    attacks.put(
        "a signature in DER",
        signed + "." + Forgery.base64(new byte[] {0x30, 6, 2, 1, 1, 2, 1, 1}));
    attacks.put("the last bit of the signature", bent(good));
    attacks.put("a signature with padding", good + "=");

    attacks.put("no kid", Forgery.es256("{\"alg\":\"ES256\"}", claims(), keys.privateKey()));
    attacks.put("an unknown kid", forged("kid", "\"1700000000000-00000000\"", mine));
    attacks.put("kid as a path", forged("kid", "\"../../../dev/null\"", mine));
    attacks.put("kid as another secret of ours", forged("kid", "\"../page-tokens\"", mine));
    attacks.put("kid as SQL", forged("kid", "\"x' UNION SELECT 'key\"", mine));
    attacks.put("kid as a command", forged("kid", "\"|id\"", mine));
    attacks.put("kid with a NUL", forged("kid", "\"a\\u0000b\"", mine));
    attacks.put("kid as an object", forged("kid", "{}", mine));
    attacks.put("jku of the attacker", forged("jku", "\"https://evil.example/jwks\"", mine));
    attacks.put("x5u of the attacker", forged("x5u", "\"https://evil.example/cert\"", mine));
    attacks.put("jwk of the attacker", forged("jwk", "{\"kty\":\"EC\"}", mine));
    attacks.put("x5c of the attacker", forged("x5c", "[\"MII\"]", mine));
    attacks.put(
        "even a good signature with a jwk beside it",
        Forgery.es256(with(header(), "jwk", "{}"), claims(), keys.privateKey()));
    attacks.put(
        "crit", Forgery.es256(with(header(), "crit", "[\"exp\"]"), claims(), keys.privateKey()));
    attacks.put(
        "zip", Forgery.es256(with(header(), "zip", "\"DEF\""), claims(), keys.privateKey()));
    attacks.put(
        "a token within a token",
        Forgery.es256(with(header(), "cty", "\"JWT\""), claims(), keys.privateKey()));
    attacks.put(
        "a type of another protocol",
        Forgery.es256(with(header(), "typ", "\"dpop+jwt\""), claims(), keys.privateKey()));

    attacks.put("another issuer", claimed("iss", "\"https://elsewhere.test\""));
    attacks.put("the issuer with a slash", claimed("iss", "\"" + ISSUER + "/\""));
    attacks.put("no issuer", without("iss"));
    attacks.put("another audience", claimed("aud", "\"https://elsewhere.test/api\""));
    attacks.put("no audience", without("aud"));
    attacks.put("a list of other audiences", claimed("aud", "[\"a\",\"b\"]"));
    attacks.put("expired by the skew and a second", claimed("exp", "" + (now - 31)));
    attacks.put("no expiry", without("exp"));
    attacks.put("expiry as text", claimed("exp", "\"" + (now + 600) + "\""));
    attacks.put("expiry beyond all clocks", claimed("exp", "9007199254740991"));
    attacks.put("issued in the future", claimed("iat", "" + (now + 40)));
    attacks.put("issued long ago", claimed("iat", "" + (now - 48 * 3600)));
    attacks.put("no time of issue", without("iat"));
    attacks.put("not yet", claimed("nbf", "" + (now + 60)));
    attacks.put("no subject", without("sub"));
    attacks.put("a subject that is no key", claimed("sub", "\"key_" + "0".repeat(26) + "\""));
    attacks.put(
        "a claim twice",
        Forgery.es256(
            header(),
            claims().replace("{\"iss\"", "{\"tenant\":\"ten_other00\",\"iss\""),
            keys.privateKey()));
    attacks.put(
        "a header member twice",
        Forgery.es256(header().replace("{", "{\"alg\":\"none\","), claims(), keys.privateKey()));
    attacks.put("claims that are a list", Forgery.es256(header(), "[]", keys.privateKey()));
    attacks.put(
        "claims that are not JSON", Forgery.es256(header(), "{\"iss\":", keys.privateKey()));
    attacks.put(
        "claims nested absurdly deep",
        Forgery.es256(header(), "[".repeat(2000) + "]".repeat(2000), keys.privateKey()));
    attacks.put("a foreign token for nobody's tenant", foreign("urn:mooring:ten_nobody00", mine));
    attacks.put(
        "a foreign token of an issuer that is not trusted",
        foreign("urn:mooring:" + owner.tenant(), mine));
    attacks.put(
        "a foreign token for two tenants",
        foreign("urn:mooring:" + owner.tenant() + "\",\"urn:mooring:ten_other00", mine));
    attacks.put("a foreign token for a key in the table", foreign("urn:mooring:ten_a#KEY", mine));

    String key = owner.credential();
    attacks.put("a word", "letmein");
    attacks.put("dots", "..");
    attacks.put(
        "the wrong secret of a key that exists",
        Checksums.rechecked(key.substring(0, key.length() - 59) + "0".repeat(52)));
    attacks.put(
        "a key of a tenant that exists and a key that does not",
        Checksums.rechecked(
            "mk_test_"
                + owner.tenant().substring(4)
                + "_"
                + "0".repeat(26)
                + "_"
                + "0".repeat(52)));
    attacks.put(
        "a key of nobody",
        Checksums.rechecked(
            "mk_test_" + "0".repeat(26) + "_" + "0".repeat(26) + "_" + "0".repeat(52)));
    attacks.put(
        "our secret under another tenant",
        Checksums.rechecked(
            key.substring(0, 8) + "0".repeat(26) + key.substring(34, key.length() - 7)));
    attacks.put(
        "our secret under the tenant's prefix",
        Checksums.rechecked(
            key.substring(0, 8) + key.substring(8, 33) + key.substring(34, key.length() - 7)));
    attacks.put(
        "our secret under a longer tenant",
        Checksums.rechecked(key.substring(0, 34) + "2" + key.substring(34, key.length() - 7)));
    attacks.put(
        "the operator's tenant",
        Checksums.rechecked("mk_test_operator_" + "0".repeat(26) + "_" + "0".repeat(52)));
    attacks.put(
        "the test key as a live one",
        Checksums.rechecked(key.replace("mk_test", "mk_live").substring(0, key.length() - 7)));
    attacks.put(
        "a key with a wrong checksum",
        key.substring(0, key.length() - 1) + (key.endsWith("0") ? "1" : "0"));
    attacks.put("a key in capitals", key.toUpperCase(Locale.ROOT));
    attacks.put("half a key", key.substring(0, key.length() / 2));
    attacks.put("a key with a key separator of the table", key.replace('_', '#'));
    attacks.put("two keys in one header", key + ", " + key);
    attacks.put("another operator's key", "mk_operator_" + "f".repeat(32));
    attacks.put("the beginning of the operator's key", Api.OPERATOR_KEY.substring(0, 40));
    attacks.put("the operator's key and more", Api.OPERATOR_KEY + "0");
    attacks.put("a credential of the bound", "x".repeat(8192));
    attacks.put("a credential beyond the bound", "x".repeat(8193));
    attacks.put("a good token with 32 KB behind it", good + ".x".repeat(16 * 1024));
    return attacks;
  }

  @Test
  void aMegabyteOfTokenIsRefusedByTheGatewaysAuthoriser() {
    assertEquals(Map.of("isAuthorized", false), gateway("x".repeat(1_000_000)));
  }

  @Test
  void theGatewayTellsWhoCallsAndTakesOneCredentialOnly() {
    Map<String, Object> good = gateway(owner.credential());
    assertEquals(true, good.get("isAuthorized"));
    assertTrue(good.get("context").toString().contains("tenant=" + owner.tenant()));

    var gateway = new GatewayAuthoriser(credentials);
    var none = Map.of("isAuthorized", (Object) false);
    assertEquals(none, gateway.handle(Map.of()));
    assertEquals(none, gateway.handle(Map.of("headers", Map.of())));
    assertEquals(none, gateway.handle(Map.of("headers", "authorization: Bearer x")));
    assertEquals(
        none,
        gateway.handle(Map.of("headers", Map.of("authorization", "Basic " + owner.credential()))));
    assertEquals(
        none,
        gateway.handle(
            Map.of(
                "headers",
                Map.of(
                    "authorization", "Bearer " + owner.credential(),
                    "Authorization", "Bearer " + owner.credential()))));
    assertEquals(
        none, gateway.handle(Map.of("identitySource", List.of("Bearer " + owner.credential()))));
  }

  @Test
  void aTenantInPathHeaderOrBodyIsNeverBelieved() {
    Api other = Api.owner(server, "Target");
    assertEquals(404, owner.get("/v1/tenants/" + other.tenant()).status());
    assertEquals(
        404, owner.get("/v1/keys", AuthenticationFilter.TENANT_HEADER, other.tenant()).status());
    for (String member :
        List.of("tenant", "tenantId", "tenant_id", "id", "hash", "balance", "index", "plan")) {
      Reply refused =
          owner.post("/v1/keys", "{\"name\":\"a\",\"" + member + "\":\"" + other.tenant() + "\"}");
      assertEquals(400, refused.status());
      assertEquals("BodyInvalid", refused.code());
    }
    assertEquals(1, other.get("/v1/keys").json().path("items").size());
  }

  @Test
  void everyIdOfAnotherTenantIsNotFound() {
    Api other = Api.owner(server, "Swept");
    String key = other.get("/v1/me").json().path("subject").asText();
    String member =
        other
            .post(
                "/v1/members",
                "{\"issuer\":\"https://i.test\",\"subject\":\"s\",\"role\":\"auditor\"}")
            .json()
            .path("id")
            .asText();
    String issuer =
        other
            .post("/v1/issuers", "{\"issuer\":\"https://i.test\",\"jwksUrl\":\"https://i.test/j\"}")
            .json()
            .path("id")
            .asText();
    assertTrue(member.startsWith("mem_") && issuer.startsWith("iss_"));

    assertNotFound(owner.get("/v1/keys/" + key));
    assertNotFound(owner.delete("/v1/keys/" + key));
    assertNotFound(owner.post("/v1/keys/" + key + "/rotate", "{}"));
    assertNotFound(owner.get("/v1/members/" + member));
    assertNotFound(owner.patch("/v1/members/" + member, "{\"role\":\"owner\"}"));
    assertNotFound(owner.delete("/v1/members/" + member));
    assertNotFound(owner.get("/v1/issuers/" + issuer));
    assertNotFound(owner.delete("/v1/issuers/" + issuer));
    assertEquals(200, other.get("/v1/keys/" + key).status());
    assertEquals(200, other.get("/v1/members/" + member).status());
    assertEquals(200, other.get("/v1/issuers/" + issuer).status());
  }

  @Test
  void pathTricksReachNoKeyOfTheTable() {
    for (String trick :
        List.of(
            "..%2F..",
            "%23",
            "key_%23KEY%23",
            "key_%00",
            "key_" + "a".repeat(2049),
            "%F0%9F%94%91",
            "KEY_0",
            "key_%D0%B0")) {
      Reply refused = owner.get("/v1/keys/" + trick);
      assertEquals(404, refused.status(), trick);
      assertTrue(
          refused
              .response()
              .headers()
              .firstValue("Content-Type")
              .orElse("")
              .startsWith("application/problem+json"));
    }
  }

  private static void assertNotFound(Reply reply) {
    assertEquals(404, reply.status(), reply.body());
    assertEquals("NotFound", reply.code());
  }

  private Map<String, Object> gateway(String credential) {
    return new GatewayAuthoriser(credentials)
        .handle(
            Map.of(
                "version", "2.0",
                "type", "REQUEST",
                "routeKey", "GET /v1/me",
                "headers", Map.of("authorization", "Bearer " + credential)));
  }

  private String header() {
    return "{\"alg\":\"ES256\",\"typ\":\"JWT\",\"kid\":\"" + keys.id() + "\"}";
  }

  private String claims() {
    return "{\"iss\":\""
        + ISSUER
        + "\",\"aud\":\""
        + AUDIENCE
        + "\",\"sub\":\""
        + keyId
        + "\",\"iat\":"
        + now
        + ",\"exp\":"
        + (now + 600)
        + ",\"tenant\":\""
        + owner.tenant()
        + "\",\"scope\":\"keys:read\",\"mode\":\"test\"}";
  }

  private String foreign(String audience, KeyPair signer) {
    return Forgery.es256(
        "{\"alg\":\"ES256\",\"kid\":\"k\"}",
        "{\"iss\":\"https://idp.test\",\"aud\":[\""
            + audience
            + "\"],\"sub\":\"eve\",\"iat\":"
            + now
            + ",\"exp\":"
            + (now + 600)
            + "}",
        signer.getPrivate());
  }

  private String claimed(String name, String value) {
    return Forgery.es256(header(), with(claims(), name, value), keys.privateKey());
  }

  private String without(String name) {
    String claims = claims().replaceFirst("\"" + name + "\":(\"[^\"]*\"|\\d+),?", "");
    return Forgery.es256(header(), claims, keys.privateKey());
  }

  private String forged(String name, String value, KeyPair signer) {
    return Forgery.es256(with(header(), name, value), claims(), signer.getPrivate());
  }

  /** The object with that member in place of, or beside, the ones it has. */
  private static String with(String object, String name, String value) {
    String bare =
        object.replaceFirst("\"" + name + "\":(\"[^\"]*\"|\\d+),?", "").replace(",}", "}");
    return "{\"" + name + "\":" + value + "," + bare.substring(1);
  }

  private static String bent(String token) {
    byte[] signature = Base64.getUrlDecoder().decode(token.substring(token.lastIndexOf('.') + 1));
    signature[40] ^= 1;
    return token.substring(0, token.lastIndexOf('.') + 1) + Forgery.base64(signature);
  }

  private static byte[] pem(byte[] key) {
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key);
    return ("-----BEGIN PUBLIC KEY-----\n" + base64 + "\n-----END PUBLIC KEY-----\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  private static KeyPair pair(String algorithm, int bits) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
    generator.initialize(bits);
    return generator.generateKeyPair();
  }
}
