package io.mooring.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The restore drill of docs/operating: first the table alone, then both stores of one moment. */
class RestoreDrillIT {
  private static final int BEFORE_THE_BACKUP = 20;
  private static final int AFTER_THE_BACKUP = 12;
  private static final String TABLE = "dynamodb";
  private static final String OBJECTS = "s3";
  private static final String ENTRIES = "/v1/ledgers/drilled/entries";

  @TempDir Path folder;

  @Test
  void aTableThatIsOlderThanWhatWasPublishedIsNotWrittenToAndBothOfOneMomentAre()
      throws IOException {
    Path home = folder.resolve("home");
    Path backup = folder.resolve("backup");
    try (LocalProduct product = LocalProduct.started(home)) {
      made(product);
      Map<String, Long> kept = append(product, 0, BEFORE_THE_BACKUP);
      product.down();
      copy(home, backup, TABLE);
      copy(home, backup, OBJECTS);

      assertEquals(0, product.up().exitCode());
      append(product, BEFORE_THE_BACKUP, AFTER_THE_BACKUP);
      product.down();

      copy(backup, home, TABLE);
      assertEquals(0, product.up().exitCode());
      HttpResponse<String> refused = write(product, "too-early");
      assertEquals("LedgerFrozen", LocalProduct.json(refused).path("code").asText());
      assertTrue(found(product).size() <= BEFORE_THE_BACKUP, "a refused write is there");
      product.down();

      copy(backup, home, OBJECTS);
      assertEquals(0, product.up().exitCode());
      assertEquals(kept, found(product));
      Map<String, Long> all = append(product, 0, BEFORE_THE_BACKUP + AFTER_THE_BACKUP);
      kept.forEach((name, index) -> assertEquals(index, all.get(name), name));
      assertEquals(all, found(product));
      JsonNode scrubbed =
          LocalProduct.json(
              product.call("POST", "/v1/ledgers/drilled/scrub", product.apiKey(), "{}"));
      assertTrue(scrubbed.path("whole").asBoolean(), scrubbed.toString());
      assertEquals(1 + BEFORE_THE_BACKUP + AFTER_THE_BACKUP, scrubbed.path("entries").asInt());
    }
  }

  private static void made(LocalProduct product) {
    HttpResponse<String> made =
        product.call("POST", "/v1/ledgers", product.apiKey(), "{\"name\":\"drilled\"}");
    assertEquals(201, made.statusCode(), made.body());
  }

  /** Appends so many entries, each under its own key; their indexes by name. */
  private static Map<String, Long> append(LocalProduct product, int from, int count) {
    Map<String, Long> indexes = new HashMap<>();
    for (int i = from; i < from + count; i++) {
      String name = "entry-" + i;
      HttpResponse<String> answer = write(product, name);
      assertEquals(201, answer.statusCode(), answer.body());
      indexes.put(name, LocalProduct.json(answer).path("index").asLong());
    }
    return indexes;
  }

  private static HttpResponse<String> write(LocalProduct product, String name) {
    return product.send(
        product
            .request(ENTRIES, product.apiKey())
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", "drill-" + name)
            .POST(
                BodyPublishers.ofString(
                    "{\"type\":\"note\",\"subject\":\"" + name + "\",\"data\":1}"))
            .build());
  }

  /** The indexes by name of all that is in the ledger; fails on a name that stands there twice. */
  private static Map<String, Long> found(LocalProduct product) {
    Map<String, Long> found = new HashMap<>();
    for (JsonNode entry :
        LocalProduct.json(product.get(ENTRIES + "?perPage=100", product.apiKey())).path("items")) {
      if (entry.path("type").asText().equals("note")) {
        String name = entry.path("subject").asText();
        assertEquals(null, found.put(name, entry.path("index").asLong()), name);
      }
    }
    return found;
  }

  /** Puts one store's files from one folder in place of those in the other. */
  private static void copy(Path from, Path to, String store) throws IOException {
    Path target = to.resolve(store);
    if (Files.exists(target)) {
      try (Stream<Path> files = Files.walk(target)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
    try (Stream<Path> files = Files.walk(from.resolve(store))) {
      for (Path file : files.toList()) {
        Path copied = target.resolve(from.resolve(store).relativize(file));
        Files.createDirectories(copied.getParent());
        Files.copy(file, copied);
      }
    }
  }
}
