package io.mooring.tenants.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mooring.tenants.http.Api.Reply;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Strangers where the operator lets them in. */
@QuarkusTest
@TestProfile(SignUpTest.Open.class)
class SignUpTest {
  @TestHTTPResource("/")
  URI server;

  /** Sign-up is switched on. */
  public static final class Open implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("mooring.identity.sign-up", "true");
    }
  }

  @Test
  void aStrangerBecomesATenantOnTheSmallestPlan() {
    Api stranger = new Api(server, "");
    Reply born = stranger.post("/v1/sign-up", "{\"name\":\"Me\"}", "Idempotency-Key", "sign-me-up");
    assertEquals(201, born.status(), born.body());
    assertEquals("developer", born.json().path("plan").asText());
    Api owner = stranger.with(born.json().path("apiKey").asText());
    assertEquals(200, owner.get("/v1/me").status());
    assertEquals(
        "BodyInvalid", stranger.post("/v1/sign-up", "{\"name\":\"Me\",\"plan\":\"scale\"}").code());

    Reply again =
        stranger.post("/v1/sign-up", "{\"name\":\"Me\"}", "Idempotency-Key", "sign-me-up");
    assertEquals(born.body(), again.body());
    assertTrue(stranger.get("/.well-known/mooring").json().path("signUp").asBoolean());
    assertTrue(
        Api.operator(server).get("/v1/tenants").body().contains(born.json().path("id").asText()));
  }
}
