package io.mooring.tenants.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.Test;

/** What neither the log nor the clock may give away. */
@QuarkusTest
class SecrecyTest {
  private static final int ROUNDS = 60;

  @TestHTTPResource("/")
  URI server;

  @Test
  void noKeyTokenOrNameComesIntoTheLogOrTheMetrics() {
    var log = new Recorder();
    LogManager.getLogManager().getLogger("").addHandler(log);
    List<String> secrets = new ArrayList<>();
    try {
      Api owner = Api.owner(server, "canary-name-55d0");
      secrets.add(owner.credential());
      secrets.add(Api.OPERATOR_KEY);
      secrets.add("canary-");
      String token =
          owner
              .with("")
              .post(
                  "/v1/token",
                  "grant_type=client_credentials&client_secret=" + owner.credential(),
                  "Content-Type",
                  "application/x-www-form-urlencoded")
              .json()
              .path("access_token")
              .asText();
      secrets.add(token);
      owner.with(token).get("/v1/me");
      owner.with(token + "x").get("/v1/me");
      owner.with(owner.credential() + "x").get("/v1/me");
      owner.post("/v1/keys", "{\"name\":\"canary-key-77\"}", "Idempotency-Key", "canary-idem-3");
      owner.post("/v1/keys", "{\"name\":\"canary-key-77\",\"scopes\":\"x\"}");
      owner.get("/v1/keys?pageToken=canary-page");
    } finally {
      LogManager.getLogManager().getLogger("").removeHandler(log);
    }
    String metrics = new Api(server, "").get("/q/metrics").body();
    assertTrue(log.lines.size() >= 6);
    for (String secret : secrets) {
      assertFalse(String.join("\n", log.lines).contains(secret), secret);
      assertFalse(metrics.contains(secret), secret);
    }
  }

  @Test
  void guessesAtKeysTakeTheSameTimeWhetherAnythingIsThereOrNot() {
    Api owner = Api.owner(server, "Timed");
    String key = owner.credential();
    String mine = key.substring(8, 34);
    String nobody = "0".repeat(26);
    String zeros = "_" + "0".repeat(52);
    List<String> guesses =
        List.of(
            Checksums.rechecked("mk_test_" + nobody + "_" + nobody + zeros),
            Checksums.rechecked("mk_test_" + mine + "_" + nobody + zeros),
            Checksums.rechecked(key.substring(0, key.length() - 59) + zeros.substring(1)));
    long[][] nanos = new long[guesses.size()][ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      for (int guess = 0; guess < guesses.size(); guess++) {
        long start = System.nanoTime();
        assertEquals(401, owner.with(guesses.get(guess)).get("/v1/me").status());
        nanos[guess][round] = System.nanoTime() - start;
      }
    }
    // The same class of time: medians within a factor of three of each other, on a busy machine
    // too.
    long[] medians = Arrays.stream(nanos).mapToLong(SecrecyTest::median).toArray();
    long least = Arrays.stream(medians).min().orElseThrow();
    long most = Arrays.stream(medians).max().orElseThrow();
    assertTrue(most < 3 * least, Arrays.toString(medians));
  }

  private static long median(long[] nanos) {
    Arrays.sort(nanos);
    return nanos[nanos.length / 2];
  }

  private static final class Recorder extends Handler {
    private final List<String> lines = new ArrayList<>();

    @Override
    public synchronized void publish(LogRecord line) {
      lines.add(new SimpleFormatter().format(line) + " " + line.getThrown());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
