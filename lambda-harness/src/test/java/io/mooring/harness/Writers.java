package io.mooring.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/** Clients that append to one ledger at once, and know afterwards what has to be in it. */
final class Writers {
  private static final int TRIES_MAX = 60;
  private static final long PAUSE_MILLIS = 100;
  private static final int CREATED = 201;

  private final Cloud cloud;
  private final URI url;
  private final String credential;
  private final String ledger;
  private final AtomicInteger acknowledged = new AtomicInteger();
  private final AtomicInteger repeated = new AtomicInteger();
  private final Map<String, Long> indexes = new HashMap<>();

  /** A new tenant with a new ledger. */
  Writers(Cloud cloud, URI url, String name) {
    this.cloud = cloud;
    this.url = url;
    this.credential = cloud.newTenant(url);
    this.ledger = "/v1/ledgers/" + name;
    HttpResponse<String> made =
        cloud.post(url, "/v1/ledgers", credential, "", "{\"name\":\"" + name + "\"}");
    assertEquals(CREATED, made.statusCode(), made.body());
  }

  /** Tells {@code afterEach} how many writes are acknowledged, after each of them. */
  void write(int writers, int entriesOfEach, IntConsumer afterEach) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Map<String, Long>>> all = new ArrayList<>();
      for (int writer = 0; writer < writers; writer++) {
        String name = "writer-" + writer + "-";
        Callable<Map<String, Long>> writes =
            () -> {
              Map<String, Long> own = new HashMap<>();
              for (int i = 0; i < entriesOfEach; i++) {
                own.put(name + i, append(name + i));
                afterEach.accept(acknowledged.incrementAndGet());
              }
              return own;
            };
        all.add(threads.submit(writes));
      }
      for (Future<Map<String, Long>> each : all) {
        indexes.putAll(each.get());
      }
    }
  }

  /** How many requests were sent again. */
  int repeated() {
    return repeated.get();
  }

  /** Appends under one key until it is acknowledged, as a client does; returns the index. */
  private long append(String name) throws InterruptedException {
    String entry = "{\"type\":\"note\",\"subject\":\"" + name + "\",\"data\":\"" + name + "\"}";
    for (int tries = 1; tries <= TRIES_MAX; tries++) {
      try {
        HttpResponse<String> answer = cloud.post(url, ledger + "/entries", credential, name, entry);
        if (answer.statusCode() == CREATED) {
          return Cloud.json(answer.body()).path("index").asLong(-1);
        }
        assertTrue(
            answer.statusCode() != 400 && answer.statusCode() != 422,
            answer.statusCode() + " " + answer.body());
      } catch (UncheckedIOException timedOut) {
        // Nobody knows whether it is there; the same key asks again.
      }
      repeated.incrementAndGet();
      Thread.sleep(PAUSE_MILLIS);
    }
    throw new AssertionError(name + " was never acknowledged");
  }

  /**
   * Everything acknowledged is in the ledger once, where it was said to be, and nothing else is;
   * and everything stored verifies. Returns the number of commits.
   */
  int assertNothingLostAndNothingDoubled() {
    assertEquals(
        indexes.size(), new HashSet<>(indexes.values()).size(), "an index was given out twice");
    assertTrue(indexes.equals(found()), "what was acknowledged is not what is there");
    JsonNode scrubbed = Cloud.json(cloud.post(url, ledger + "/scrub", credential, "", "").body());
    assertTrue(scrubbed.path("whole").asBoolean(), scrubbed.toString());
    assertEquals(1 + indexes.size(), scrubbed.path("entries").asInt());
    return scrubbed.path("commits").asInt();
  }

  /**
   * Every entry's subject and index but the first's, which says that the ledger was made; read page
   * by page. Fails on one that stands there twice.
   */
  private Map<String, Long> found() {
    Map<String, Long> found = new HashMap<>();
    String token = "";
    do {
      JsonNode page =
          Cloud.json(cloud.get(url, ledger + "/entries?perPage=100" + token, credential).body());
      for (JsonNode entry : page.path("items")) {
        String subject = entry.path("subject").asText();
        Long before = found.put(subject, entry.path("index").asLong());
        assertEquals(null, before, subject + " stands there twice");
      }
      JsonNode next = page.path("nextPageToken");
      token = next.isTextual() ? "&pageToken=" + next.asText() : "";
    } while (!token.isEmpty());
    assertTrue(found.values().remove(0L));
    return found;
  }
}
