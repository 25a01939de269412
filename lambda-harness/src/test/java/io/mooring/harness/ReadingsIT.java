package io.mooring.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.mooring.harness.Invocation.Answered;
import io.mooring.harness.Invocation.Failed;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The function behind IoT Core's rule, with the events that the rule's SQL makes. */
class ReadingsIT {
  private static final String CERTIFICATE = "ba67293af50bf2506f5f93469686da66".repeat(2);
  private static final String STRANGER = "0123456789abcdef".repeat(4);
  private static final String LEDGER = "/v1/ledgers/presses";

  @TempDir static Path folder;
  private static Cloud cloud;
  private static Function api;
  private static Function readings;
  private static Gateway gateway;
  private static String credential;
  private static String tenant;

  @BeforeAll
  static void deploy() throws Exception {
    cloud = Cloud.in(folder);
    api = cloud.deployed(cloud.api().withEnvironments(1));
    gateway = new Gateway(0, api);
    credential = cloud.newTenant(gateway.url());
    tenant = tenantOf(credential);
    made("/v1/ledgers", credential, "{\"name\":\"presses\"}");
    key(credential, "ledgers:write", CERTIFICATE);
    readings = cloud.deployed(cloud.jobs("readings").withEnvironments(2));
  }

  @AfterAll
  static void remove() {
    readings.close();
    gateway.close();
    api.close();
    cloud.close();
  }

  @Test
  void aMessageIsOneEntryHoweverOftenItIsDelivered() {
    long before = itc(credential);
    byte[] event = event(topic("presses", "pressure/press 7"), CERTIFICATE, "trace-once-1", "7.5");
    taken(event);
    long after = itc(credential);
    taken(event);

    JsonNode entries = about("press 7");
    assertEquals(1, entries.size());
    assertEquals("pressure", entries.get(0).path("type").asText());
    assertTrue(after < before, "a message is paid for: " + before + ", then " + after);
    assertEquals(after, itc(credential), "and paid for once");

    taken(event(topic("presses", "pressure/press 7"), CERTIFICATE, "trace-once-2", "7.5"));
    assertEquals(2, about("press 7").size());
  }

  @Test
  void whatIsRefusedForGoodIsKeptWithItsReason() {
    made("/v1/ledgers", credential, "{\"name\":\"closing\"}");
    HttpResponse<String> closed =
        cloud.post(gateway.url(), "/v1/ledgers/closing/close", credential, "", "");
    assertEquals(200, closed.statusCode(), closed.body());
    String reader = "fedcba9876543210".repeat(4);
    key(credential, "ledgers:read", reader);

    kept("CredentialRefused", event(topic("presses", "t"), STRANGER, "trace-refused", ""));
    kept("CredentialMissing", event(topic("presses", "t"), "AROAEXAMPLE:me", "trace-refused", ""));
    kept("ScopeMissing", event(topic("presses", "t"), reader, "trace-refused", ""));
    kept("LedgerNotFound", event(topic("nothing", "t"), CERTIFICATE, "trace-refused", ""));
    kept("LedgerClosed", event(topic("closing", "t"), CERTIFICATE, "trace-refused", ""));
    kept("JournalIsKept", event(topic("journal", "t"), CERTIFICATE, "trace-refused", ""));
    kept("ParameterInvalid", event("t/nobody/l/presses/t", CERTIFICATE, "trace-refused", ""));
    kept("EntryInvalid", event(topic("presses", ""), CERTIFICATE, "trace-refused", ""));
    kept("IdempotencyKeyInvalid", event(topic("presses", "t"), CERTIFICATE, "", ""));
    String bent =
        new String(
                event(topic("presses", "t"), CERTIFICATE, "trace-refused", "1"),
                StandardCharsets.UTF_8)
            .replace("\"MQ==\"", "\"?\"");
    kept("BodyInvalid", bytes(bent));
  }

  @Test
  void oneTraceWithAnotherPayloadIsNoRepetition() {
    taken(event(topic("presses", "t/bent"), CERTIFICATE, "trace-bent", "1"));
    kept("IdempotencyKeyReused", event(topic("presses", "t/bent"), CERTIFICATE, "trace-bent", "2"));
    assertEquals(1, about("bent").size());
  }

  @Test
  void aCertificateReachesNoOtherTenantsLedger() {
    String other = cloud.newTenant(gateway.url());
    made("/v1/ledgers", other, "{\"name\":\"presses\"}");
    kept(
        "CredentialRefused",
        event("t/" + tenantOf(other) + "/l/presses/t", CERTIFICATE, "trace-foreign", "1"));
    assertEquals(
        1,
        json(cloud.get(gateway.url(), LEDGER + "/entries", other).body()).path("items").size(),
        "its first entry, and no other");
  }

  @Test
  void withoutCreditAMessageIsKeptAndNothingIsAppended() {
    String poor = cloud.newTenant(gateway.url());
    made("/v1/ledgers", poor, "{\"name\":\"presses\"}");
    key(poor, "ledgers:write", CERTIFICATE);
    // What a plan includes comes with the first thing that is paid for.
    made("/v1/ledgers/presses/entries", poor, "{\"type\":\"t\",\"data\":1}");
    hold(poor, itc(poor));
    kept(
        "InsufficientCredit",
        event("t/" + tenantOf(poor) + "/l/presses/t", CERTIFICATE, "trace-poor", "1"));
  }

  @Test
  void whatCannotEvenBeKeptFailsSoThatItIsDeliveredAgain() {
    try (Function cutOff =
        cloud.deployed(
            cloud.jobs("readings").with("quarkus.sqs.endpoint-override", "http://127.0.0.1:1"))) {
      byte[] event = event(topic("presses", "t"), STRANGER, "trace-cut-off", "");
      Failed failed = assertInstanceOf(Failed.class, cutOff.invoke(event));
      assertTrue(failed.error().contains("SQS"), failed.error());
    }
  }

  private static void taken(byte[] event) {
    assertInstanceOf(Answered.class, readings.invoke(event));
    assertEquals(List.of(), cloud.queues().reasonsOfEvents());
  }

  private static void kept(String code, byte[] event) {
    assertInstanceOf(Answered.class, readings.invoke(event));
    List<String> reasons = cloud.queues().reasonsOfEvents();
    assertEquals(1, reasons.size(), code + ": " + reasons);
    assertTrue(reasons.getFirst().startsWith(code + ": "), code + ": " + reasons);
  }

  private static String topic(String ledger, String rest) {
    return "t/" + tenant + "/l/" + ledger + "/" + rest;
  }

  /** What the rule's SQL selects of a message (iac, {@code Devices.SQL}). */
  private static byte[] event(String topic, String principal, String trace, String payload) {
    return bytes(
        """
        {"payload":"%s","topic":"%s","principal":"%s"%s,"client":"press-7","received":1795305600000}
        """
            .formatted(
                Base64.getEncoder().encodeToString(bytes(payload)),
                topic,
                principal,
                trace.isEmpty() ? "" : ",\"trace\":\"" + trace + "\""));
  }

  private static JsonNode about(String subject) {
    String path = LEDGER + "/entries?subject=" + subject.replace(" ", "%20");
    return json(cloud.get(gateway.url(), path, credential).body()).path("items");
  }

  private static long itc(String owner) {
    JsonNode credits = json(cloud.get(gateway.url(), "/v1/credits", owner).body());
    for (JsonNode balance : credits.path("balances")) {
      if (balance.path("asset").asText().equals("ITC")) {
        return balance.path("available").asLong();
      }
    }
    throw new AssertionError(credits);
  }

  private static void hold(String owner, long amount) {
    String asked =
        "{\"asset\":\"ITC\",\"amount\":\"%d\",\"expiresInSeconds\":3600}".formatted(amount);
    HttpResponse<String> held =
        cloud.post(gateway.url(), "/v1/credits/holds", owner, "hold-everything", asked);
    assertEquals(201, held.statusCode(), held.body());
  }

  private static String tenantOf(String key) {
    return json(cloud.get(gateway.url(), "/v1/me", key).body()).path("tenant").path("id").asText();
  }

  private static String key(String owner, String scope, String certificate) {
    String asked =
        "{\"name\":\"press 7\",\"scopes\":[\"%s\"],\"certificate\":\"%s\"}"
            .formatted(scope, certificate);
    return made("/v1/keys", owner, asked).path("id").asText();
  }

  private static JsonNode made(String path, String owner, String body) {
    HttpResponse<String> answer = cloud.post(gateway.url(), path, owner, "", body);
    assertEquals(201, answer.statusCode(), answer.body());
    return json(answer.body());
  }

  private static JsonNode json(String text) {
    return Cloud.json(text);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
