package io.mooring.billing.credits.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.mooring.platform.testing.Client;
import io.mooring.platform.testing.Client.Reply;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.Collections;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Credits over HTTP: names, number types, repetitions and refusals. */
@QuarkusTest
class CreditsRoutesTest {
  private static final long INCLUDED = 2_000_000;
  private static final String REFUNDS = "/v1/credits/refunds";

  @TestHTTPResource("/")
  URI server;

  private String tenant;
  private Client acme;
  private Client operator;

  @BeforeEach
  void open() {
    tenant = "ten_" + UUID.randomUUID().toString().substring(0, 8);
    acme = Client.of(server, tenant + " credits:read credits:write");
    operator = Client.of(server, "ten_operator operator");
  }

  @Test
  void aBalanceIsOfBothAssetsInStringsOfDigits() {
    JsonNode balances = acme.get("/v1/credits").json().path("balances");
    assertEquals(
        "CPC ITC", balances.at("/0/asset").asText() + " " + balances.at("/1/asset").asText());
    assertEquals("\"2000000\"", balances.at("/0/available").toString());
    assertEquals("\"0\"", balances.at("/0/held").toString());
  }

  @Test
  void aTopUpNeedsAKeyHappensOnceAndIsTheOperators() {
    String body = "{\"tenant\":\"" + tenant + "\",\"asset\":\"CPC\",\"amount\":\"100\"}";
    assertRefused(400, "IdempotencyKeyMissing", operator.post("/v1/credits/topups", body));
    assertRefused(403, "ScopeMissing", once(acme, "order-01").post("/v1/credits/topups", body));

    Reply made = once(operator, "order-" + tenant).post("/v1/credits/topups", body);
    Reply again = once(operator, "order-" + tenant).post("/v1/credits/topups", body);

    assertEquals(201, made.status(), made.text());
    assertEquals("true", again.header("Idempotency-Hit"));
    assertEquals(made.text(), again.text());
    assertEquals(INCLUDED + 100, available());
    assertRefused(
        422,
        "IdempotencyKeyReused",
        once(operator, "order-" + tenant)
            .post("/v1/credits/topups", body.replace("\"100\"", "\"101\"")));
  }

  @Test
  void aTopUpIsTakenBackOnceAndNoMoreOfItThanThereIs() {
    String top = topUp("order-a-" + tenant, 100);
    assertRefused(
        400, "IdempotencyKeyMissing", operator.post("/v1/credits/refunds", refund(top, 1)));
    assertRefused(403, "ScopeMissing", once(acme, "refund-01").post(REFUNDS, refund(top, 1)));
    assertRefused(404, "NotFound", refunded("refund-02", refund("top_0", 1)));
    assertRefused(404, "NotFound", refunded("refund-02", refund("stripe_pi_1", 1)));

    Reply part = refunded("refund-03", refund(top, 60));
    Reply again = refunded("refund-03", refund(top, 60));

    assertEquals(201, part.status(), part.text());
    assertEquals("40", part.say("left"));
    assertEquals("true", again.header("Idempotency-Hit"));
    assertEquals(part.text(), again.text());
    assertEquals(INCLUDED + 40, available());
    assertRefused(409, "PurchaseExceeded", refunded("refund-04", refund(top, 41)));
  }

  @Test
  void whatIsSpentIsNoRefundButADebtWhereABankTookIt() {
    String top = topUp("order-b-" + tenant, 100);
    assertEquals(201, hold("hold-for-all", INCLUDED + 70).status());
    assertRefused(402, "InsufficientCredit", refunded("refund-01", refund(top, 100)));

    String taken = refund(top, 100).replace("}", ",\"chargeback\":true}");
    assertEquals(201, refunded("refund-02", taken).status());

    assertEquals(0, available());
    topUp("order-c-" + tenant, 100);
    assertEquals(100 - 70, available());
  }

  private String topUp(String key, long units) {
    return once(operator, key)
        .post(
            "/v1/credits/topups",
            "{\"tenant\":\"" + tenant + "\",\"asset\":\"CPC\",\"amount\":\"" + units + "\"}")
        .say("id");
  }

  private String refund(String purchase, long units) {
    return "{\"tenant\":\"%s\",\"purchase\":\"%s\",\"amount\":\"%d\"}"
        .formatted(tenant, purchase, units);
  }

  private Reply refunded(String key, String body) {
    return once(operator, key + tenant).post(REFUNDS, body);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"0\"",
        "\"-1\"",
        "\"01\"",
        "\"1.0\"",
        "\"1e400\"",
        "\"NaN\"",
        "\"1000000000000000001\""
      })
  void anAmountInAnotherNotationIsRefused(String amount) {
    String body = "{\"tenant\":\"" + tenant + "\",\"asset\":\"CPC\",\"amount\":" + amount + "}";
    assertRefused(
        400, "AmountInvalid", once(operator, "order-0001").post("/v1/credits/topups", body));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '|',
      value = {
        "/v1/credits/estimate, |{\"usages\":[null]}|",
        "/v1/credits/caps, |{\"of\":\"tenant\",\"limits\":[null]}|",
      })
  void aHoleInAListIsRefused(String path, String body) {
    assertRefused(400, "BodyInvalid", acme.post(path, body));
  }

  @Test
  void anEstimateBeyondWhatAnAmountHoldsIsRefused() {
    String usage = "{\"meter\":\"anchors\",\"quantity\":\"10000000000000000\"}";
    assertEquals("1000000000000000000", estimate(1, usage).say("cpc"));
    assertRefused(400, "AmountInvalid", estimate(2, usage));
    assertRefused(400, "AmountInvalid", estimate(11, usage));
  }

  private Reply estimate(int times, String usage) {
    String usages = String.join(",", Collections.nCopies(times, usage));
    return acme.post("/v1/credits/estimate", "{\"usages\":[" + usages + "]}");
  }

  @Test
  void aCapSaysAllThatWasTakenThoughItWasLoweredSince() {
    Reply cap =
        acme.post("/v1/credits/caps", "{\"of\":\"tenant\",\"limits\":" + limits(1_000) + "}");
    hold("hold-800", 800);
    assertRefused(402, "CapReached", hold("hold-201", 201));

    acme.put("/v1/credits/caps/" + cap.say("id"), "{\"limits\":" + limits(500) + "}");

    JsonNode line = acme.get("/v1/credits/caps/" + cap.say("id")).json().at("/limits/0");
    assertEquals("500", line.path("amount").asText());
    assertEquals("800", line.path("taken").asText());
  }

  private static String limits(long units) {
    return "[{\"asset\":\"CPC\",\"period\":\"day\",\"amount\":\"" + units + "\"}]";
  }

  @Test
  void aThawIsToldTheSameWhenItIsAskedForAgain() {
    acme.get("/v1/credits");
    hold("hold-one", 1);
    String body = "{\"tenant\":\"" + tenant + "\",\"asset\":\"CPC\",\"why\":\"it was looked at\"}";
    Client asking = once(operator, "thaw-" + tenant);

    Reply made = asking.post("/v1/reconciliations/unfreeze", body);
    Reply again = asking.post("/v1/reconciliations/unfreeze", body);

    assertEquals(204, made.status(), made.text());
    assertEquals(204, again.status(), again.text());
    assertEquals("true", again.header("Idempotency-Hit"));
    assertEquals(made.header("Mooring-Entry"), again.header("Mooring-Entry"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"2999-01-01T00:00:00Z", "%2B12026-01-01T00:00:00Z", "", "yesterday"})
  void whatWasHadAtAMomentThatHasNotComeIsNotSaid(String at) {
    assertRefused(400, "ParameterInvalid", acme.get("/v1/statements/balances?at=" + at));
  }

  @Test
  void whatCreditDoesNotCoverIsRefusedWithWhatIsMissing() {
    Reply refused = hold("hold-all", INCLUDED + 7);
    assertRefused(402, "InsufficientCredit", refused);
    assertTrue(refused.say("detail").contains("7 more"), refused.text());
    assertEquals(INCLUDED, available());
  }

  private Reply hold(String key, long units) {
    return once(acme, key)
        .post(
            "/v1/credits/holds",
            "{\"asset\":\"CPC\",\"amount\":\"" + units + "\",\"expiresInSeconds\":3600}");
  }

  private long available() {
    return acme.get("/v1/credits").json().at("/balances/0/available").asLong();
  }

  private static Client once(Client client, String key) {
    return client.with("Idempotency-Key", key);
  }

  private static void assertRefused(int status, String code, Reply reply) {
    assertEquals(status, reply.status(), reply.text());
    assertEquals(code, reply.say("code"), reply.text());
  }
}
