package io.mooring.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.mooring.ledger.Checkpoint;
import io.mooring.ledger.Entry;
import io.mooring.ledger.Hash;
import io.mooring.ledger.Head;
import io.mooring.ledger.Payload;
import io.mooring.ledger.note.LogSigner;
import io.mooring.ledger.tlog.SampleLog;
import io.mooring.ledger.tlog.SignedCheckpoint;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Copies of logs that a server on this machine shows, honest and otherwise. */
class MirrorTest {
  private static final SampleLog SMALL = new SampleLog(700);
  private static final SampleLog LOG = new SampleLog(1500);
  private static final String KEY = SampleLog.SIGNER.verifierKey().toString();

  @TempDir private Path folder;
  private final Map<String, byte[]> shown = new ConcurrentHashMap<>();
  private final Map<String, Integer> failing = new ConcurrentHashMap<>();
  private boolean gzip;

  private final LoopbackServer server =
      new LoopbackServer(
          exchange -> {
            String path = exchange.getRequestURI().getPath().replaceFirst("^/log/", "");
            if (failing.merge(path, -1, Integer::sum) >= 0) {
              LoopbackServer.answer(exchange, 503, new byte[0]);
              return;
            }
            byte[] bytes = shown.get(path);
            if (bytes != null && gzip) {
              exchange.getResponseHeaders().set("Content-Encoding", "gzip");
              bytes = zipped(bytes);
            }
            LoopbackServer.answer(
                exchange, bytes == null ? 404 : 200, bytes == null ? new byte[0] : bytes);
          });

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void copiesALogByteForByteAndVerifiesAllOfIt() throws IOException {
    show(LOG);
    Run run = mirror();
    assertEquals(0, run.exit(), run.out() + run.err());
    assertTrue(run.out().contains("ok  log         1,500 entries hashed"), run.out());
    assertTrue(run.err().contains("fetched 13 of 13"), run.err());
    assertTrue(run.err().contains("hashed 1,500 of 1,500"), run.err());
    for (Map.Entry<String, byte[]> file : LOG.files().entrySet()) {
      assertArrayEquals(file.getValue(), Files.readAllBytes(folder.resolve(file.getKey())));
    }
    assertEquals(0, Run.moor("verify", folder, "--key", KEY).exit());
  }

  @Test
  void goesOnWhereItWasAndFollowsTheLogAsItGrows() {
    show(SMALL);
    assertEquals(0, mirror().exit());
    server.asked().clear();
    show(LOG);
    Run grown = mirror();
    assertEquals(0, grown.exit(), grown.out());
    assertTrue(grown.out().contains("ok  growth      it only added to the 700 entries before"));
    assertFalse(server.asked().contains("GET /log/tile/entries/000"));

    server.asked().clear();
    assertEquals(0, mirror().exit());
    assertEquals(List.of("GET /log/checkpoint"), server.asked());
  }

  @Test
  void fetchesWhatABrokenCopyLacks() throws IOException {
    show(LOG);
    mirror();
    Files.delete(folder.resolve("tile/entries/003"));
    Files.delete(folder.resolve("checkpoint"));
    server.asked().clear();
    assertEquals(0, mirror().exit());
    assertEquals(2, server.asked().size());
  }

  @Test
  void mendsACopyThatIsDamagedWhileTheLogIsNot() throws IOException {
    show(LOG);
    mirror();
    Path entries = folder.resolve("tile/entries/003");
    Files.write(entries, new byte[9]);
    assertEquals(1, Run.moor("verify", folder, "--key", KEY).exit());
    assertEquals(0, mirror().exit());
    assertArrayEquals(LOG.files().get("tile/entries/003"), Files.readAllBytes(entries));
  }

  @ParameterizedTest
  @MethodSource
  void namesTheDamageOfALog(Consumer<SampleLog> bend, String words) {
    SampleLog log = LOG.copy();
    bend.accept(log);
    show(log);
    Run run = mirror();
    assertTrue(run.out().contains(words), run.out());
    assertEquals(1, run.exit());
    assertFalse(Files.exists(folder.resolve("checkpoint")), "a log that is not verified");
  }

  static Stream<Arguments> namesTheDamageOfALog() {
    return Stream.of(
        damage("an entry", log -> log.flip("tile/entries/001", 40), "tile/entries/001: entry 256"),
        damage("a leaf hash", log -> log.flip("tile/0/001", 0), "tile/0/001: hash 0"),
        damage("a node", log -> log.flip("tile/1/000.p/5", 0), "tile/1/000.p/5: hash 0"),
        damage(
            "a missing bundle", log -> log.files().remove("tile/entries/001"), "001 is not there"),
        damage("a missing tile", log -> log.files().remove("tile/0/001"), "001 is not there"),
        damage(
            "a bundle cut short",
            log -> log.files().put("tile/entries/001", new byte[100]),
            "tile/entries/001 is not of its form"),
        damage(
            "an endless tile",
            log -> log.files().put("tile/0/001", new byte[10_000_000]),
            "tile/0/001 is not of its form"),
        damage(
            "a checkpoint of another tree",
            log -> log.files().put("checkpoint", otherRoot(LOG)),
            "checkpoint is not what"),
        damage(
            "a checkpoint whose size was changed",
            log -> log.files().put("checkpoint", changed(log, "\n1500\n", "\n1499\n")),
            "NO  checkpoint  a signature that names a known key was not made by it"),
        damage(
            "a checkpoint that is none",
            log -> log.files().put("checkpoint", "<html>".getBytes()),
            "NO  checkpoint"));
  }

  @Test
  void keepsTheOlderCheckpointOfALogThatRewritesItsPast() throws IOException {
    show(SMALL);
    mirror();
    byte[] before = Files.readAllBytes(folder.resolve("checkpoint"));
    show(
        new SampleLog(
            1500,
            index -> Entry.of("rewritten", "", Payload.of(new byte[index % 9], "")).toBytes(),
            SampleLog.SIGNER));
    Run run = mirror();
    assertTrue(run.out().contains("NO  growth      its tiles do not show that it only added"));
    assertEquals(1, run.exit());
    assertArrayEquals(before, Files.readAllBytes(folder.resolve("checkpoint")));
    assertArrayEquals(
        shown.get("checkpoint"), Files.readAllBytes(folder.resolve("checkpoint.contradicting")));
  }

  @Test
  void keepsBothCheckpointsOfALogThatForks() {
    show(SMALL);
    mirror();
    shown.put("checkpoint", otherRoot(SMALL));
    Run run = mirror();
    assertTrue(run.out().contains("NO  growth      the log shows two roots for the same 700"));
    assertEquals(1, run.exit());
    assertEquals(0, Run.moor("verify", folder, "--key", KEY).exit());
    assertTrue(Files.exists(folder.resolve("checkpoint.contradicting")));
  }

  @Test
  void refusesALogThatShrinks() {
    show(LOG);
    mirror();
    show(SMALL);
    Run run = mirror();
    assertTrue(run.out().contains("NO  growth      the log had 1,500 entries and now shows 700"));
    assertEquals(1, run.exit());
  }

  @Test
  void readsAFullTileWhereThePartialOneIsGone() {
    show(SMALL);
    LOG.files().forEach(shown::putIfAbsent);
    shown.remove("tile/0/002.p/188");
    shown.remove("tile/entries/002.p/188");
    Run run = mirror();
    assertEquals(0, run.exit(), run.out());
  }

  @Test
  void triesAgainWhatFailsInPassing() {
    show(SMALL);
    failing.put("tile/entries/001", 2);
    assertEquals(0, mirror().exit());
  }

  @Test
  void givesUpOnAServerThatKeepsFailingAndSaysSo() {
    show(SMALL);
    failing.put("tile/0/001", Retries.ATTEMPTS_MAX);
    Run run = mirror();
    assertTrue(run.err().contains("tile/0/001 cannot be fetched: it answers 503"), run.err());
    assertEquals(2, run.exit());
  }

  @Test
  void unpacksWhatIsZipped() {
    show(SMALL);
    gzip = true;
    assertEquals(0, mirror().exit());
  }

  @Test
  void doesNotUnpackAHugeFileFromASmallOne() {
    show(SMALL);
    shown.put("tile/0/001", new byte[50_000_000]);
    gzip = true;
    Run run = mirror();
    assertTrue(run.out().contains("tile/0/001 is not of its form"), run.out());
  }

  @Test
  void answersInJson() {
    show(SMALL);
    Run run = Run.moor("mirror", "--json", server.url() + "/log", folder, "--key", KEY);
    assertTrue(run.out().startsWith("{\"verdict\":\"valid\",\"size\":700,\"root\":"), run.out());
    assertEquals("", run.err());
  }

  @Test
  void cannotTellWithoutAKeyOrALog() {
    assertEquals(2, Run.moor("mirror", server.url() + "/log", folder).exit());
    assertEquals(2, mirror().exit());
    show(SMALL);
    byte[] otherSeed = new byte[32];
    otherSeed[0] = 1;
    String other = LogSigner.ofSeed("log.example/other", otherSeed).verifierKey().toString();
    assertEquals(2, Run.moor("mirror", server.url() + "/log", folder, "--key", other).exit());
    assertEquals(
        2,
        Run.moor("mirror", "http://127.0.0.1:1/log", folder, "--key", KEY, "--retry-pause", "PT0S")
            .exit());
  }

  private Run mirror() {
    return Run.moor(
        "mirror", server.url() + "/log", folder, "--key", KEY, "--retry-pause", "PT0.001S");
  }

  private void show(SampleLog log) {
    shown.clear();
    shown.putAll(log.files());
  }

  private static Arguments damage(String name, Consumer<SampleLog> bend, String words) {
    return argumentSet(name, bend, words);
  }

  private static byte[] changed(SampleLog log, String from, String to) {
    return new String(log.files().get("checkpoint")).replace(from, to).getBytes();
  }

  private static byte[] otherRoot(SampleLog log) {
    Head head = new Head(log.size(), Hash.ofLeaf("another".getBytes()));
    return SignedCheckpoint.sign(new Checkpoint("log.example/ship", head), SampleLog.SIGNER)
        .encoded()
        .getBytes();
  }

  private static byte[] zipped(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
      zip.write(bytes);
    }
    return out.toByteArray();
  }
}
