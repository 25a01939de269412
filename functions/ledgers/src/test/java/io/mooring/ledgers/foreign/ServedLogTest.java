package io.mooring.ledgers.foreign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mooring.ledger.tlog.LogPath.OfBundle;
import io.mooring.ledger.tlog.LogPath.OfTile;
import io.mooring.ledger.tlog.Tiling;
import io.mooring.platform.testing.Client;
import io.mooring.platform.testing.Client.Reply;
import io.mooring.testing.Go;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a running server serves, in the eyes of Tessera's fsck and of Go's sumdb packages. */
@QuarkusTest
class ServedLogTest {
  private static final String WRITER = "ten_foreign ledgers:read ledgers:write";

  private static Path fsck;
  private static Path sumdb;

  @TestHTTPResource("/")
  URI server;

  @BeforeAll
  static void build() {
    fsck = Go.install("github.com/transparency-dev/tessera/cmd/fsck@v1.0.4");
    sumdb = Go.build(Path.of("../../ledger/src/test/go"));
  }

  @Test
  void tesserasFsckFindsAPublicLogWhole(@TempDir Path folder) throws IOException {
    Reply ledger = make("fsck", "public");
    append(ledger.say("id"), 70_123);
    Path key = Files.writeString(folder.resolve("key"), ledger.say("verifierKey"));

    Go.Outcome outcome =
        Go.run(
            fsck,
            "--ui=false",
            "--storage_url=" + server + "v1/ledgers/" + ledger.say("id") + "/log/",
            "--public_key=" + key);

    assertTrue(
        outcome.output().contains("Successfully fsck'd log with size 70124"), outcome.output());
  }

  @Test
  void tesserasFsckFindsAPrivateLogWholeWithACredentialAndNotWithout(@TempDir Path folder)
      throws IOException {
    Reply ledger = make("fsck-private", "private");
    append(ledger.say("id"), 300);
    Path key = Files.writeString(folder.resolve("key"), ledger.say("verifierKey"));
    String url = "--storage_url=" + server + "v1/ledgers/" + ledger.say("id") + "/log/";

    Go.Outcome with =
        Go.run(fsck, "--ui=false", url, "--public_key=" + key, "--bearer_token=" + WRITER);
    Go.Outcome without = Go.run(fsck, "--ui=false", url, "--public_key=" + key);

    assertTrue(with.output().contains("Successfully fsck'd log with size 301"), with.output());
    assertFalse(without.output().contains("Successfully"), without.output());
  }

  @Test
  void gosSumdbPackagesVerifyACopyOfWhatIsServed(@TempDir Path folder) throws IOException {
    Reply ledger = make("sumdb", "public");
    String log = "/v1/ledgers/" + ledger.say("id") + "/log/";
    append(ledger.say("id"), 66_000);
    Client reader = Client.of(server, WRITER);
    Files.writeString(folder.resolve("key"), ledger.say("verifierKey"));
    copy(reader, log, "checkpoint", folder);
    Tiling tiling = new Tiling(66_001);
    for (int level = 0; level < tiling.levels(); level++) {
      for (long index = 0; index < tiling.tiles(level); index++) {
        OfTile tile = tiling.tile(level, index);
        copy(reader, log, tile.text(), folder);
        if (level == 0) {
          copy(reader, log, new OfBundle(index, tile.width()).text(), folder);
        }
      }
    }
    for (long index : new long[] {0, 1, 255, 256, 65_535, 65_536, 66_000}) {
      String path = "/v1/ledgers/" + ledger.say("id") + "/entries/" + index + "/proof";
      write(folder.resolve("proofs/" + index), reader.get(path).bytes());
    }

    Go.Outcome outcome = Go.run(sumdb, "verify", folder.toString());

    assertEquals(0, outcome.exit(), outcome.output());
  }

  private Reply make(String name, String readers) {
    return Client.of(server, WRITER)
        .post("/v1/ledgers", "{\"name\":\"" + name + "\",\"readers\":\"" + readers + "\"}");
  }

  private void append(String ledger, int entries) {
    Client writer = Client.of(server, WRITER);
    for (int from = 0; from < entries; from += 10_000) {
      String lines =
          IntStream.range(from, Math.min(entries, from + 10_000))
              .mapToObj(i -> "{\"type\":\"t\",\"subject\":\"s" + i % 7 + "\",\"data\":" + i + "}")
              .collect(Collectors.joining("\n"));
      Reply reply =
          writer
              .with("Prefer", "return=minimal")
              .post(
                  "/v1/ledgers/" + ledger + "/entries",
                  "application/x-ndjson",
                  lines.getBytes(StandardCharsets.UTF_8));
      assertEquals(200, reply.status(), reply.text());
    }
  }

  private static void copy(Client client, String log, String path, Path folder) throws IOException {
    Reply reply = client.get(log + path);
    assertEquals(200, reply.status(), path);
    write(folder.resolve(path), reply.bytes());
  }

  private static void write(Path file, byte[] bytes) throws IOException {
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
  }
}
