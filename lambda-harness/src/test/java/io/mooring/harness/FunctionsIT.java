package io.mooring.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.mooring.harness.Invocation.Answered;
import io.mooring.harness.Invocation.Failed;
import io.mooring.harness.Invocation.TimedOut;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each function as it is deployed, over the Lambda Runtime API, with the events that it gets. */
class FunctionsIT {
  private static final String LEDGER = "/v1/ledgers/watched";

  @TempDir static Path folder;
  private static Cloud cloud;
  private static Function api;
  private static Gateway gateway;
  private static String credential;

  @BeforeAll
  static void deploy() throws Exception {
    cloud = Cloud.in(folder);
    api = cloud.deployed(cloud.api().withEnvironments(2));
    gateway = new Gateway(0, api);
    credential = cloud.newTenant(gateway.url());
    assertEquals(
        201,
        cloud
            .post(gateway.url(), "/v1/ledgers", credential, "", "{\"name\":\"watched\"}")
            .statusCode());
  }

  @AfterAll
  static void remove() {
    gateway.close();
    api.close();
    cloud.close();
  }

  @Test
  void theAuthoriserLetsAKeyInAndNothingElse() {
    try (Function authoriser = cloud.deployed(cloud.jobs("authoriser"))) {
      JsonNode let = invoked(authoriser, authorisation("Bearer " + credential));
      assertTrue(let.path("isAuthorized").asBoolean(), let.toString());
      assertTrue(let.path("context").path("tenant").asText().startsWith("ten_"), let.toString());
      String bent = credential.substring(0, credential.length() - 1) + "!";
      assertFalse(
          invoked(authoriser, authorisation("Bearer " + bent)).path("isAuthorized").asBoolean());
      assertFalse(invoked(authoriser, "{\"headers\":{}}").path("isAuthorized").asBoolean());
      assertEquals(1, authoriser.coldStarts());
    }
  }

  private static String authorisation(String value) {
    return "{\"version\":\"2.0\",\"type\":\"REQUEST\",\"headers\":{\"authorization\":\""
        + value
        + "\"}}";
  }

  @Test
  void aMessageThatCannotBeReadIsPutAsideAndNotDeliveredAgain() {
    try (Function sequencer = cloud.deployed(cloud.jobs("intake"))) {
      String event =
          "{\"Records\":[{\"messageId\":\"m1\",\"receiptHandle\":\"h1\",\"body\":\"poison!\","
              + "\"attributes\":{\"ApproximateReceiveCount\":\"1\"}}]}";
      assertEquals(
          Set.of(),
          QueueSource.failures(
              assertInstanceOf(Answered.class, sequencer.invoke(bytes(event))).payload()));
      assertTrue(cloud.queues().reasons().getFirst().startsWith("cannot be read"));
    }
  }

  @Test
  void anEventOfAnotherSourceIsAnErrorAndTheEnvironmentGoesOn() {
    try (Function sequencer = cloud.deployed(cloud.jobs("intake"))) {
      Failed failed =
          assertInstanceOf(Failed.class, sequencer.invoke(bytes("{\"source\":\"aws.events\"}")));
      assertTrue(failed.error().contains("no records"), failed.error());
      assertInstanceOf(Answered.class, sequencer.invoke(bytes("{\"Records\":[]}")));
      assertEquals(1, sequencer.coldStarts());
    }
  }

  @Test
  void aScheduleDoesWhatItsWordSaysAndAnotherWordIsAnError() {
    try (Function schedules = cloud.deployed(cloud.jobs("schedules"))) {
      assertEquals(0, invoked(schedules, "{\"schedule\":\"sweep\"}").path("unreadable").asInt(-1));
      assertTrue(invoked(schedules, "{\"schedule\":\"reconcile\"}").isObject());
      Failed failed =
          assertInstanceOf(Failed.class, schedules.invoke(bytes("{\"schedule\":\"whenever\"}")));
      assertTrue(failed.error().contains("whenever"), failed.error());
    }
  }

  @Test
  void aStreamOfCommitsIsDerivedAndOtherItemsAreLeftAlone() {
    try (Function commits = cloud.deployed(cloud.jobs("commits"))) {
      String event =
          "{\"Records\":["
              + "{\"dynamodb\":{\"SequenceNumber\":\"1\",\"Keys\":{\"pk\":{\"S\":\"T#ten_acme#\"},"
              + "\"sk\":{\"S\":\"MEMBER#usr_1#\"}}}},"
              + "{\"dynamodb\":{\"SequenceNumber\":\"2\",\"Keys\":{\"pk\":"
              + "{\"S\":\"T#ten_acme#L#led_nothing#C#\"},\"sk\":{\"S\":\"00000000000000000001#\"}}}}]}";
      assertEquals(
          Set.of(),
          QueueSource.failures(
              assertInstanceOf(Answered.class, commits.invoke(bytes(event))).payload()));
    }
  }

  @Test
  void aFunctionThatIsKilledAtItsTimeLimitLeavesNoHalfWrite() {
    try (Function hurried = cloud.deployed(cloud.api().withLimit(Duration.ofMillis(30)));
        Function patient = cloud.deployed(cloud.api())) {
      byte[] event = append("timed-out", "key-timed-out");
      // A cold environment's first append takes longer than that.
      assertInstanceOf(TimedOut.class, hurried.invoke(event));
      HttpResponse<String> again = appended("timed-out", "key-timed-out");
      assertEquals(201, again.statusCode(), again.body());
      assertInstanceOf(Answered.class, patient.invoke(event));
      assertEquals(1, about("timed-out"));
    }
  }

  @Test
  void anEnvironmentThatStandsStillBetweenEventsGoesOnWhereItWas() throws Exception {
    for (int i = 0; i < 3; i++) {
      HttpResponse<String> answer = appended("frozen", "key-frozen-" + i);
      assertEquals(201, answer.statusCode(), answer.body());
      Thread.sleep(1_200);
    }
    assertEquals(3, about("frozen"));
  }

  @Test
  void anEnvironmentThatStandsStillInTheMiddleIsNotAnsweredTwice() throws Exception {
    try (Function slow = cloud.deployed(cloud.api().withEnvironments(1).thatNeverFreezes())) {
      slow.warm(1);
      Environment environment = slow.environments().getFirst();
      Thread stopper =
          Thread.ofVirtual()
              .start(
                  () -> {
                    environment.signal("STOP");
                    pause(3_000);
                    environment.signal("CONT");
                  });
      assertInstanceOf(Answered.class, slow.invoke(append("paused", "key-paused")));
      stopper.join();
      HttpResponse<String> again = appended("paused", "key-paused");
      assertEquals(201, again.statusCode(), again.body());
      assertEquals(1, about("paused"));
    }
  }

  @Test
  void whatAGatewayCarriesArrivesAsItWasSent() {
    URI url = gateway.url();
    HttpResponse<String> limits = cloud.get(url, "/v1/limits", credential);
    assertEquals(200, limits.statusCode());
    HttpResponse<String> nothing = cloud.get(url, "/v1/ledgers/no%20such", credential);
    assertEquals(404, nothing.statusCode(), nothing.body());
    assertEquals(
        "application/problem+json",
        nothing.headers().firstValue("Content-Type").orElse("").split(";")[0]);
    assertEquals(401, cloud.get(url, "/v1/ledgers", "mk_nobody").statusCode());
  }

  private static JsonNode invoked(Function function, String event) {
    Answered answered = assertInstanceOf(Answered.class, function.invoke(bytes(event)));
    return Cloud.json(new String(answered.payload(), StandardCharsets.UTF_8));
  }

  private static HttpResponse<String> appended(String subject, String key) {
    return cloud.post(gateway.url(), LEDGER + "/entries", credential, key, entry(subject));
  }

  private static String entry(String subject) {
    return "{\"type\":\"note\",\"subject\":\"" + subject + "\",\"data\":1}";
  }

  /** The gateway's event of an append. */
  private static byte[] append(String subject, String key) {
    return HttpEvent.of(
        "POST",
        URI.create(LEDGER + "/entries"),
        Map.of(
            "authorization", List.of("Bearer " + credential),
            "content-type", List.of("application/json"),
            "idempotency-key", List.of(key)),
        bytes(entry(subject)));
  }

  private static int about(String subject) {
    return Cloud.json(
            cloud.get(gateway.url(), LEDGER + "/entries?subject=" + subject, credential).body())
        .path("items")
        .size();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
