package io.mooring.ledgers.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mooring.platform.testing.Client;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class StreamTest {
  private static final String WRITER = "ten_stream ledgers:read ledgers:write";

  @TestHTTPResource("/")
  URI server;

  private Client writer;
  private String ledger;

  @BeforeEach
  void make() {
    writer = Client.of(server, WRITER);
    ledger =
        "/v1/ledgers/"
            + writer.post("/v1/ledgers", "{\"name\":\"s" + System.nanoTime() + "\"}").say("id");
  }

  @Test
  void everyEntryComesOnceAndInOrderWhetherItWasThereOrIsAppendedMeanwhile() throws Exception {
    append(150);
    try (Stream stream = new Stream("", Optional.empty())) {
      List<String> ids = stream.ids(151);
      Thread later = Thread.ofVirtual().start(() -> append(3));
      ids.addAll(stream.ids(3));
      later.join();

      assertEquals(IntStream.range(0, 154).mapToObj(Integer::toString).toList(), ids);
    }
  }

  @Test
  void whoeverComesBackGoesOnAfterTheLastEvent() throws Exception {
    append(5);
    try (Stream stream = new Stream("", Optional.of("2"))) {
      assertEquals(List.of("3", "4", "5"), stream.ids(3));
    }
    try (Stream stream = new Stream("?from=4", Optional.empty())) {
      assertEquals(List.of("4", "5"), stream.ids(2));
    }
  }

  /** The first event and the beginning of the answer come from two threads. */
  @Test
  void everyStreamBegins() throws Exception {
    for (int i = 0; i < 300; i++) {
      try (Stream stream = new Stream("", Optional.empty())) {
        assertEquals(List.of("0"), stream.ids(1));
      }
    }
  }

  @Test
  void aStreamEndsWhenItsTimeIsOver() throws Exception {
    try (Stream stream = new Stream("?seconds=1", Optional.empty())) {
      assertEquals(List.of("0"), stream.ids(1));
      assertTrue(stream.ends());
    }
  }

  @Test
  void aStrangerIsShownNoStreamOfAPrivateLedger() {
    assertEquals(404, Client.stranger(server).get(ledger + "/stream").status());
    assertEquals("ParameterInvalid", writer.get(ledger + "/stream?from=x").say("code"));
  }

  private void append(int entries) {
    for (int i = 0; i < entries; i++) {
      assertEquals(
          201, writer.post(ledger + "/entries", "{\"type\":\"t\",\"data\":" + i + "}").status());
    }
  }

  /** A stream as a browser reads it. */
  private final class Stream implements AutoCloseable {
    private final HttpURLConnection connection;
    private final BufferedReader lines;

    Stream(String query, Optional<String> lastEventId) throws IOException {
      connection =
          (HttpURLConnection) server.resolve(ledger + "/stream" + query).toURL().openConnection();
      connection.setReadTimeout(20_000);
      connection.setRequestProperty("Authorization", "Bearer " + WRITER);
      lastEventId.ifPresent(id -> connection.setRequestProperty("Last-Event-ID", id));
      lines =
          new BufferedReader(
              new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8));
    }

    /** The ids of the next events. */
    List<String> ids(int count) throws IOException {
      List<String> ids = new ArrayList<>();
      while (ids.size() < count) {
        String line = lines.readLine();
        if (line == null) {
          throw new AssertionError("the stream ended after " + ids);
        }
        if (line.startsWith("id:")) {
          ids.add(line.substring(3).strip());
        }
      }
      return ids;
    }

    boolean ends() throws IOException {
      while (lines.readLine() != null) {
        continue;
      }
      return true;
    }

    @Override
    public void close() {
      connection.disconnect();
    }
  }
}
