package io.mooring.platform.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mooring.platform.limit.PlatformLimit;
import io.mooring.platform.problem.PlatformRefusal;
import io.mooring.platform.problem.Problem;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every error that the edge gives, over a real connection, and what it must not give away. */
@QuarkusTest
class EdgeTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final ObjectMapper JSON = new ObjectMapper();

  @TestHTTPResource("/")
  URI server;

  @Test
  void aRouteThatIsNotThereIsAProblem() throws Exception {
    assertProblem(PlatformRefusal.NO_SUCH_ROUTE, send(request("/v1/nothing").GET()));
    assertProblem(PlatformRefusal.NO_SUCH_ROUTE, send(request("/elsewhere").GET()));
    assertProblem(PlatformRefusal.NO_SUCH_ROUTE, send(request("/v1/probes/%23/x").GET()));
  }

  @Test
  void aMethodThatIsNotTakenIsAProblem() throws Exception {
    assertProblem(PlatformRefusal.METHOD_NOT_ALLOWED, send(authorised("/v1/probes").DELETE()));
  }

  @Test
  void anAnswerOfNoAcceptedTypeIsAProblem() throws Exception {
    assertProblem(
        PlatformRefusal.NOT_ACCEPTABLE,
        send(authorised("/v1/probes").header("Accept", "image/png").GET()));
  }

  @Test
  void aContentTypeThatIsNotReadIsAProblem() throws Exception {
    assertProblem(
        PlatformRefusal.UNSUPPORTED_MEDIA_TYPE,
        send(
            authorised("/v1/probes")
                .header("Content-Type", "text/xml")
                .POST(BodyPublishers.ofString("<a/>"))));
    assertProblem(
        PlatformRefusal.UNSUPPORTED_MEDIA_TYPE,
        send(authorised("/v1/probes").POST(BodyPublishers.ofString("{}"))));
  }

  @Test
  void noCredentialAndAWrongOneAreProblemsThatNameTheScheme() throws Exception {
    HttpResponse<String> missing = send(request("/v1/probes").GET());
    assertProblem(PlatformRefusal.CREDENTIAL_MISSING, missing);
    assertEquals("Bearer", missing.headers().firstValue("WWW-Authenticate").orElse(""));
    assertProblem(
        PlatformRefusal.CREDENTIAL_REFUSED,
        send(request("/v1/probes").header("Authorization", "Bearer nonsense").GET()));
    assertProblem(
        PlatformRefusal.CREDENTIAL_REFUSED,
        send(request("/v1/probes").header("Authorization", "Basic YTpi").GET()));
  }

  @Test
  void aScopeThatIsMissingIsAProblem() throws Exception {
    assertProblem(
        PlatformRefusal.SCOPE_MISSING,
        send(
            request("/v1/probes")
                .header("Authorization", "Bearer may-read ten_reader")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"name\":\"a\",\"count\":1}"))));
  }

  @Test
  void aHeaderThatNamesAnotherTenantFindsNothing() throws Exception {
    assertProblem(
        PlatformRefusal.NOT_FOUND,
        send(authorised("/v1/probes").header("Mooring-Tenant", "ten_acme2").GET()));
    assertEquals(
        200,
        send(authorised("/v1/probes").header("Mooring-Tenant", "ten_acme").GET()).statusCode());
  }

  @ParameterizedTest
  @MethodSource("io.mooring.platform.json.StrictJsonTest#refused")
  void jsonThatIsNotStrictIsRefusedBeforeAnythingIsDone(byte[] body) throws Exception {
    int touched = ProbeResource.TOUCHED.get();
    assertProblem(
        body.length == 0 ? PlatformRefusal.BODY_INVALID : PlatformRefusal.JSON_MALFORMED,
        post(body));
    assertEquals(touched, ProbeResource.TOUCHED.get());
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '|',
      value = {
        "|{\"name\":\"a\",\"count\":1,\"tenantId\":\"ten_other\"}|",
        "|{\"name\":\"a\",\"count\":\"1\"}|",
        "|{\"name\":\"a\",\"count\":1.5}|",
        "|{\"name\":\"a\",\"count\":null}|",
        "|{\"name\":1,\"count\":1}|",
        "|{\"name\":\"a\",\"count\":99999999999}|",
        "|{\"name\":\"a\",\"count\":1,\"marks\":[\"b\",null]}|",
        "|[1]|",
        "|\"text\"|",
      })
  void aBodyOfAnotherShapeIsRefused(String body) throws Exception {
    assertProblem(PlatformRefusal.BODY_INVALID, post(body.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void aBodyOfTheBoundPassesAndOneByteMoreDoesNot() throws Exception {
    int max = PlatformLimit.BODY_BYTES_MAX.intValue();
    String open = "{\"count\":1,\"name\":\"";
    byte[] fits =
        (open + "x".repeat(max - open.length() - 2) + "\"}").getBytes(StandardCharsets.UTF_8);
    assertEquals(max, fits.length);
    assertEquals(200, post(fits).statusCode());

    byte[] tooLong = new byte[max + 1];
    assertProblem(PlatformRefusal.BODY_TOO_LARGE, post(tooLong));
    assertProblem(
        PlatformRefusal.BODY_TOO_LARGE,
        send(
            authorised("/v1/probes")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(tooLong)))));
  }

  @ParameterizedTest
  @ValueSource(ints = {32, Edge.SMALL_BODY_BYTES, Edge.SMALL_BODY_BYTES + 1})
  void aSmallBodyIsReadAsALongerOneIs(int bytes) throws Exception {
    String open = "{\"count\":1,\"name\":\"";
    String body = open + "x".repeat(bytes - open.length() - 2) + "\"}";
    HttpResponse<String> answer = post(body.getBytes(StandardCharsets.UTF_8));
    assertEquals(200, answer.statusCode());
    assertEquals(bytes, answer.body().length());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"application/x-www-form-urlencoded", "multipart/form-data; boundary=frontier"})
  void aFormIsNotRead(String type) throws Exception {
    assertProblem(
        PlatformRefusal.UNSUPPORTED_MEDIA_TYPE,
        send(
            authorised("/v1/probes")
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString("name=a&count=1"))));
  }

  @Test
  void headersBeyondTheBoundAreRefused() throws Exception {
    int max = PlatformLimit.HEADER_BYTES_MAX.intValue();
    assertEquals(
        200,
        send(authorised("/v1/probes").header("X-Fill", "x".repeat(max - 1024)).GET()).statusCode());
    assertProblem(
        PlatformRefusal.HEADERS_TOO_LARGE,
        send(authorised("/v1/probes").header("X-Fill", "x".repeat(max)).GET()));
  }

  @Test
  void aMegabyteOfTokenIsRefusedByTheServerItself() throws Exception {
    String answer =
        raw(
            "GET /v1/probes HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer "
                + "x".repeat(1_000_000)
                + "\r\n\r\n");
    assertTrue(answer.startsWith("HTTP/1.1 431"), answer);
  }

  @Test
  void whatIsNotHttpIsRefused() throws Exception {
    assertEquals("HTTP/1.0 400", raw("HELLO\r\n\r\n"));
    assertEquals(
        "HTTP/1.1 400", raw("POST /v1/probes HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n"));
  }

  @Test
  void aFaultShowsNothingOfTheInside() throws Exception {
    HttpResponse<String> answer = send(authorised("/v1/probes/fault").GET());
    assertProblem(PlatformRefusal.INTERNAL, answer);
    assertFalse(answer.body().contains(Canaries.INSIDE));
    assertFalse(answer.body().contains("Exception"));
  }

  @Test
  void aRequestIdIsKeptWhenItIsHarmlessAndMadeOtherwise() throws Exception {
    HttpResponse<String> kept =
        send(authorised("/v1/probes").header("Request-Id", "mine-12345678").GET());
    assertEquals("mine-12345678", kept.headers().firstValue("Request-Id").orElse(""));
    HttpResponse<String> made =
        send(authorised("/v1/probes").header("Request-Id", "evil tenant=x").GET());
    assertFalse(made.headers().firstValue("Request-Id").orElse("").contains("evil"));
  }

  @Test
  void resourcesRunOnVirtualThreads() throws Exception {
    assertEquals("\"true\"", send(authorised("/v1/probes/thread").GET()).body());
  }

  @Test
  void theRateOfThePlanIsHardAndSaidInEveryAnswer() throws Exception {
    int passed = 0;
    HttpResponse<String> answer;
    do {
      answer =
          send(request("/v1/probes").header("Authorization", "Bearer may-all ten_hasty").GET());
      passed += answer.statusCode() == 200 ? 1 : 0;
      assertTrue(answer.headers().firstValue("RateLimit").isPresent());
      assertEquals(
          "\"requests\";q=5000;w=10", answer.headers().firstValue("RateLimit-Policy").orElse(""));
    } while (answer.statusCode() == 200 && passed < 100_000);
    assertProblem(PlatformRefusal.RATE_EXCEEDED, answer);
    assertTrue(passed >= 5_000, "a whole burst passes: " + passed);
    assertTrue(answer.headers().firstValue("Retry-After").isPresent());
    assertEquals(200, send(authorised("/v1/probes").GET()).statusCode());
  }

  @Test
  void limitsArePublicAndTheVeryOnesEnforced() throws Exception {
    JsonNode limits = JSON.readTree(send(request("/v1/limits").GET()).body());
    for (PlatformLimit limit : PlatformLimit.values()) {
      assertEquals(limit.value(), limits.path(limit.word()).asLong(), limit.word());
    }
    assertEquals(500, limits.path("developerRequestsPerSecond").asLong());
  }

  @Test
  void oneLineForEachRequestAndNeverAPayloadAQueryOrAToken() throws Exception {
    List<String> lines = new ArrayList<>();
    Handler handler =
        new Handler() {
          @Override
          public synchronized void publish(LogRecord line) {
            lines.add(new SimpleFormatter().format(line) + " " + line.getThrown());
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    LogManager.getLogManager().getLogger("").addHandler(handler);
    try {
      send(
          authorised("/v1/probes?x=" + Canaries.QUERY)
              .header("Content-Type", "application/json")
              .header("Request-Id", "canary-test-1")
              .POST(
                  BodyPublishers.ofString("{\"name\":\"" + Canaries.PAYLOAD + "\",\"count\":7}")));
      post(
          ("{\"name\":\"" + Canaries.PAYLOAD + "\",\"count\":\"x\"}")
              .getBytes(StandardCharsets.UTF_8));
      post(("{\"" + Canaries.PAYLOAD + "\":1,").getBytes(StandardCharsets.UTF_8));
      send(request("/v1/" + Canaries.QUERY).GET());
    } finally {
      LogManager.getLogManager().getLogger("").removeHandler(handler);
    }
    String all = String.join("\n", lines);
    assertFalse(all.contains("canary-payload") || all.contains("canary-query"), all);
    assertFalse(all.contains("may-all"), all);
    assertTrue(
        all.matches(
            "(?s).*tenant=ten_acme noun=probes outcome=200 millis=\\d+ request=canary-test-1.*"),
        all);
  }

  /** Tools that cannot send headers put their key into the path, where nobody else may see it. */
  @Test
  void aKeyInThePathIsJudgedAsIfItStoodInTheHeaderAndNeverSeen() throws Exception {
    List<String> lines = new ArrayList<>();
    Handler handler =
        new Handler() {
          @Override
          public synchronized void publish(LogRecord line) {
            lines.add(new SimpleFormatter().format(line) + " " + line.getThrown());
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    LogManager.getLogManager().getLogger("").addHandler(handler);
    HttpResponse<String> refused;
    HttpResponse<String> judged;
    try {
      refused = send(request("/rpc/led_some/canary-key").GET());
      judged = send(request("/rpc/led_some/may-all").GET());
    } finally {
      LogManager.getLogManager().getLogger("").removeHandler(handler);
    }

    // There is no such route here, so all that counts is who was let through to learn that.
    assertProblem(PlatformRefusal.NO_SUCH_ROUTE, judged);
    String all = String.join("\n", lines) + refused.body() + refused.headers() + judged.body();
    assertFalse(all.contains("canary-key") || all.contains("may-all"), all);
    String metrics = send(request("/q/metrics").GET()).body();
    assertFalse(metrics.contains("canary-key") || metrics.contains("may-all"), metrics);
    assertEquals(2, lines.stream().filter(line -> line.contains("noun=")).count(), all);
  }

  @Test
  void refusalsAreCounted() throws Exception {
    send(request("/v1/nothing").GET());
    String metrics = send(request("/q/metrics").GET()).body();
    assertTrue(metrics.contains("mooring_refusals_total{code=\"NoSuchRoute\"}"), metrics);
  }

  private HttpResponse<String> post(byte[] body) throws Exception {
    return send(
        authorised("/v1/probes")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(body)));
  }

  private static void assertProblem(PlatformRefusal refusal, HttpResponse<String> answer)
      throws IOException {
    assertEquals(refusal.status(), answer.statusCode(), answer.body());
    assertEquals(
        Problem.MEDIA_TYPE,
        answer.headers().firstValue("Content-Type").orElse("").replaceAll(";.*", ""));
    JsonNode problem = JSON.readTree(answer.body());
    assertEquals(refusal.code(), problem.path("code").asText(), answer.body());
    assertEquals(refusal.status(), problem.path("status").asInt());
    assertEquals(refusal.title(), problem.path("title").asText());
    assertEquals(refusal.retryable(), problem.path("retryable").asBoolean());
    assertEquals(Problem.PAGE + "#" + refusal.code().toLowerCase(), problem.path("type").asText());
    assertEquals(
        "urn:mooring:request:" + answer.headers().firstValue("Request-Id").orElse(""),
        problem.path("instance").asText());
  }

  private HttpRequest.Builder authorised(String path) {
    return request(path).header("Authorization", "Bearer may-all ten_acme");
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(server.resolve(path));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return CLIENT.send(request.build(), BodyHandlers.ofString());
  }

  private String raw(String bytes) throws IOException {
    try (Socket socket = new Socket(server.getHost(), server.getPort())) {
      socket.setSoTimeout(10_000);
      try {
        socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
      } catch (IOException e) {
        // The server may answer and close before it has read everything.
      }
      return new String(socket.getInputStream().readNBytes(12), StandardCharsets.ISO_8859_1);
    }
  }
}
