package io.mooring.tenants.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import io.mooring.platform.TenantId;
import io.mooring.platform.identity.Caller;
import io.mooring.platform.identity.Scope;
import io.mooring.platform.problem.RefusedException;
import io.mooring.tenants.Certificate;
import io.mooring.tenants.Certificates;
import io.mooring.tenants.http.Api.Reply;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Certificates that are taken for API keys, by an edge that has ended the client's TLS. */
@QuarkusTest
class CertificatesTest {
  private static final String ONE = "ba67293af50bf2506f5f93469686da66".repeat(2);
  private static final String ANOTHER = "0123456789abcdef".repeat(4);

  @TestHTTPResource("/")
  URI server;

  @Inject TestClock clock;
  @Inject Certificates certificates;

  @AfterEach
  void comeBack() {
    clock.comeBack();
  }

  @Test
  void whoHasTheCertificateIsTheKeysCaller() {
    Api owner = Api.owner(server, "Certified");
    JsonNode made = made(owner, ONE).json();
    assertEquals(ONE, made.path("certificate").asText());

    Caller caller = caller(owner.tenant(), ONE);

    assertEquals(made.path("id").asText(), caller.subject());
    assertEquals(owner.tenant(), caller.tenant().value());
    assertEquals(Set.of(Scope.LEDGERS_WRITE), caller.scopes());
    JsonNode read = owner.get("/v1/keys/" + caller.subject()).json();
    assertEquals(ONE, read.path("certificate").asText());
  }

  @Test
  void aCertificateLeadsNowhereWhereItWasNotNamed() {
    Api owner = Api.owner(server, "Named");
    made(owner, ONE);
    assertEquals("CredentialRefused", refused(Api.owner(server, "Other").tenant(), ONE));
    assertEquals("CredentialRefused", refused("ten_nobody0", ONE));
    assertEquals("CredentialRefused", refused(owner.tenant(), ANOTHER));
  }

  @Test
  void twoTenantsMayNameOneCertificateAndAreToldApartByWhomTheClientSpeaksTo() {
    Api first = Api.owner(server, "First");
    Api second = Api.owner(server, "Second");
    made(first, ONE);
    assertEquals(201, made(second, ONE).status());
    assertEquals(first.tenant(), caller(first.tenant(), ONE).tenant().value());
    assertEquals(second.tenant(), caller(second.tenant(), ONE).tenant().value());
  }

  @Test
  void aTenantsCertificateIsOneKeysUntilThatIsRevoked() {
    Api owner = Api.owner(server, "Once");
    String id = made(owner, ONE).json().path("id").asText();
    Reply again = made(owner, ONE);
    assertEquals(409, again.status(), again.body());
    assertEquals("AlreadyThere", again.code());

    assertEquals(204, owner.delete("/v1/keys/" + id).status());

    assertEquals("CredentialRefused", refused(owner.tenant(), ONE));
    assertEquals(201, made(owner, ONE).status());
  }

  @Test
  void aRotatedKeyHandsItsCertificateOn() {
    Api owner = Api.owner(server, "Rotated");
    String old = made(owner, ONE).json().path("id").asText();
    JsonNode next = owner.post("/v1/keys/" + old + "/rotate", "{\"overlapSeconds\":60}").json();
    assertEquals(ONE, next.path("certificate").asText());
    assertFalse(owner.get("/v1/keys/" + old).json().has("certificate"));
    clock.goOn(Duration.ofMinutes(2));
    assertEquals(next.path("id").asText(), caller(owner.tenant(), ONE).subject());

    assertEquals(204, owner.delete("/v1/keys/" + old).status());

    assertEquals(next.path("id").asText(), caller(owner.tenant(), ONE).subject());
  }

  @Test
  void anExpiredKeysCertificateIsRefusedAndASuspendedTenantIsToldSo() {
    Api owner = Api.owner(server, "Ending");
    String tenant = owner.tenant();
    owner.post("/v1/keys", "{\"expiresInSeconds\":60,\"certificate\":\"" + ONE + "\"}");
    made(owner, ANOTHER);
    clock.goOn(Duration.ofMinutes(2));
    assertEquals("CredentialRefused", refused(tenant, ONE));
    Api.operator(server).post("/v1/tenants/" + tenant + "/suspend", "");
    assertEquals("TenantSuspended", refused(tenant, ANOTHER));
  }

  @Test
  void aCertificateIsNamedByItsFingerprintInOneWay() {
    Api owner = Api.owner(server, "Spelled");
    for (String bad : List.of("", "ab", ONE.toUpperCase(java.util.Locale.ROOT), ONE + "0")) {
      assertEquals("BodyInvalid", made(owner, bad).code());
    }
  }

  private static Reply made(Api owner, String certificate) {
    return owner.post(
        "/v1/keys",
        "{\"name\":\"press 7\",\"scopes\":[\"ledgers:write\"],\"certificate\":\""
            + certificate
            + "\"}");
  }

  private Caller caller(String tenant, String fingerprint) {
    return certificates.callerOf(new TenantId(tenant), new Certificate(fingerprint));
  }

  private String refused(String tenant, String fingerprint) {
    return assertThrows(RefusedException.class, () -> caller(tenant, fingerprint)).refusal().code();
  }
}
