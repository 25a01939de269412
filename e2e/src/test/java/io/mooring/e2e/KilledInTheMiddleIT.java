package io.mooring.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The product is killed while a thousand writes are under way, and started again. */
class KilledInTheMiddleIT {
  private static final int WRITES = 1_000;
  private static final int CONCURRENT = 64;
  private static final int ACKNOWLEDGED_BEFORE_THE_KILL = 300;

  @TempDir Path folder;

  @Test
  void everyAcknowledgedWriteIsThereAndNoneIsThereTwice() throws InterruptedException {
    try (LocalProduct product = LocalProduct.started(folder)) {
      Map<String, String> acknowledged = new ConcurrentHashMap<>();
      CountDownLatch middle = new CountDownLatch(ACKNOWLEDGED_BEFORE_THE_KILL);
      String credential = product.apiKey();
      try (ExecutorService writers = Executors.newFixedThreadPool(CONCURRENT)) {
        for (int i = 0; i < WRITES; i++) {
          String name = "the-write-" + i;
          writers.execute(
              () -> {
                try {
                  HttpResponse<String> answer = write(product, credential, name);
                  if (answer.statusCode() == 201) {
                    acknowledged.put(name, answer.body());
                    middle.countDown();
                  }
                } catch (UncheckedIOException killedMeanwhile) {
                  // Nobody knows whether this write is there; the same key asks again below.
                }
              });
        }
        middle.await();
        product.kill();
      }
      int before = acknowledged.size();
      assertTrue(before < WRITES, "all " + WRITES + " writes were over before the kill");

      assertEquals(0, product.up().exitCode());
      Map<String, Integer> found = names(product);
      acknowledged.keySet().forEach(name -> assertEquals(1, found.get(name), name));
      found.forEach((name, times) -> assertEquals(1, times, name));

      for (int i = 0; i < WRITES; i++) {
        String name = "the-write-" + i;
        HttpResponse<String> answer = write(product, credential, name);
        assertEquals(201, answer.statusCode(), answer.body());
        String first = acknowledged.putIfAbsent(name, answer.body());
        assertEquals(first == null ? answer.body() : first, answer.body());
      }
      Map<String, Integer> all = names(product);
      assertEquals(
          WRITES, all.keySet().stream().filter(name -> name.startsWith("the-write-")).count());
      all.forEach((name, times) -> assertEquals(1, times, name));
    }
  }

  private static HttpResponse<String> write(LocalProduct product, String credential, String name) {
    return product.send(
        product
            .request("/v1/keys", credential)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", name)
            .POST(BodyPublishers.ofString("{\"name\":\"" + name + "\"}"))
            .build());
  }

  /** How often each name stands among the tenant's keys. */
  private static Map<String, Integer> names(LocalProduct product) {
    Map<String, Integer> times = new HashMap<>();
    for (JsonNode key : all(product, "/v1/keys?perPage=100")) {
      times.merge(key.get("name").asText(), 1, Integer::sum);
    }
    return times;
  }

  private static List<JsonNode> all(LocalProduct product, String path) {
    List<JsonNode> items = new ArrayList<>();
    String token = "";
    do {
      JsonNode page = LocalProduct.json(product.get(path + token, product.apiKey()));
      page.get("items").forEach(items::add);
      JsonNode next = page.path("nextPageToken");
      token = next.isTextual() ? "&pageToken=" + next.asText() : "";
    } while (!token.isEmpty());
    return items;
  }
}
