package io.mooring.ledger.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.mooring.ledger.Checkpoint;
import io.mooring.ledger.Hash;
import io.mooring.ledger.Head;
import io.mooring.ledger.tlog.EntryBundle;
import io.mooring.ledger.tlog.LogPath;
import io.mooring.ledger.tlog.LogPath.OfBundle;
import io.mooring.ledger.tlog.LogPath.OfTile;
import io.mooring.ledger.tlog.SampleLog;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuditTest {
  private static final SampleLog LOG = new SampleLog(70_000);

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 255, 256, 257, 512, 65_536, 65_537, 70_000})
  void findsASoundLogSound(int size) {
    SampleLog log = size == 70_000 ? LOG : new SampleLog(size);
    List<Long> progress = new ArrayList<>();
    AuditReport report = Audit.of(log, log.signed().checkpoint(), progress::add);
    assertEquals(List.of(), report.damages());
    assertEquals(size, progress.isEmpty() ? 0 : progress.getLast());
  }

  @ParameterizedTest
  @MethodSource
  void namesThePlaceOfTheDamage(Consumer<SampleLog> bend, List<String> places) {
    SampleLog log = LOG.copy();
    bend.accept(log);
    AuditReport report = Audit.of(log, LOG.signed().checkpoint(), done -> {});
    assertEquals(places, report.damages().stream().map(AuditTest::place).toList());
  }

  static Stream<Arguments> namesThePlaceOfTheDamage() {
    return Stream.of(
        damage(
            "an entry",
            log -> log.flip("tile/entries/007", entryStart(log, 9) + 4),
            "ALTERED tile/entries/007: entry 1801"),
        damage(
            "an entry of the last bundle",
            log -> log.flip("tile/entries/273.p/112", 30),
            "ALTERED tile/entries/273.p/112: entry 69888"),
        damage(
            "two entries exchanged",
            log -> {
              List<byte[]> entries = EntryBundle.decode(log.files().get("tile/entries/000"), 256);
              byte[] first = entries.set(0, entries.get(1));
              entries.set(1, first);
              log.put(new OfBundle(0, 256), EntryBundle.encode(entries));
            },
            "ALTERED tile/entries/000: entry 0",
            "ALTERED tile/entries/000: entry 1"),
        damage("a leaf hash", log -> log.flip("tile/0/007", 32 * 9), "ALTERED tile/0/007: hash 9"),
        damage(
            "a leaf hash at the right edge",
            log -> log.flip("tile/0/273.p/112", 0),
            "ALTERED tile/0/273.p/112: hash 0"),
        damage(
            "a hash of the second level",
            log -> log.flip("tile/1/000", 32 * 200),
            "ALTERED tile/1/000: hash 200"),
        damage(
            "a hash of the second level at the right edge",
            log -> log.flip("tile/1/001.p/17", 0),
            "ALTERED tile/1/001.p/17: hash 0"),
        damage(
            "the hash at the top",
            log -> log.flip("tile/2/000.p/1", 0),
            "ALTERED tile/2/000.p/1: hash 0"),
        damage(
            "an entry with its leaf hash to match",
            log -> rewriteSeventhBundle(log),
            "ALTERED tile/0/007",
            "ALTERED tile/entries/007"),
        damage(
            "a bundle that is gone",
            log -> log.files().remove("tile/entries/007"),
            "MISSING tile/entries/007"),
        damage(
            "a tile that is gone", log -> log.files().remove("tile/0/007"), "MISSING tile/0/007"),
        damage(
            "a tile and its bundle gone",
            log -> {
              log.files().remove("tile/0/007");
              log.files().remove("tile/entries/007");
            },
            "MISSING tile/0/007",
            "MISSING tile/entries/007"),
        damage(
            "the last tile and its bundle gone",
            log -> {
              log.files().remove("tile/0/273.p/112");
              log.files().remove("tile/entries/273.p/112");
            },
            "MISSING tile/0/273.p/112",
            "MISSING tile/entries/273.p/112"),
        damage(
            "a tile of the second level gone",
            log -> log.files().remove("tile/1/000"),
            "MISSING tile/1/000"),
        damage(
            "a tile cut short",
            log -> cut(log, new OfTile(0, 7, 256), 255 * 32),
            "MALFORMED tile/0/007"),
        damage(
            "a bundle cut short",
            log -> cut(log, new OfBundle(7, 256), 1000),
            "MALFORMED tile/entries/007"),
        damage(
            "a bundle with more after it",
            log -> cut(log, new OfBundle(7, 256), log.files().get("tile/entries/007").length + 1),
            "MALFORMED tile/entries/007"),
        damage(
            "an empty bundle",
            log -> log.put(new OfBundle(7, 256), new byte[0]),
            "MALFORMED tile/entries/007"),
        damage(
            "damages in two places",
            log -> {
              log.flip("tile/entries/001", 40);
              log.flip("tile/0/200", 32 * 255);
            },
            "ALTERED tile/entries/001: entry 256",
            "ALTERED tile/0/200: hash 255"),
        damage(
            "an entry while the tile that would tell is gone",
            log -> {
              log.flip("tile/entries/007", 40);
              log.files().remove("tile/1/000");
            },
            "MISSING tile/1/000",
            "DOUBTFUL tile/0/007: hash 0",
            "DOUBTFUL tile/entries/007: entry 1792"));
  }

  @Test
  void namesTheCheckpointWhenEverythingElseAgrees() {
    Checkpoint signed = LOG.signed().checkpoint();
    Checkpoint other = new Checkpoint(signed.origin(), new Head(70_000, Hash.ofLeaf(new byte[0])));
    AuditReport report = Audit.of(LOG, other, done -> {});
    assertEquals(
        List.of("ALTERED checkpoint"), report.damages().stream().map(AuditTest::place).toList());
  }

  @Test
  void auditsAnOlderCheckpointWithTheFilesOfALaterOne() {
    Checkpoint older = new SampleLog(66_000).signed().checkpoint();
    SampleLog log = LOG.copy();
    new SampleLog(66_000).files().forEach(log.files()::putIfAbsent);
    assertTrue(Audit.of(log, older, done -> {}).sound());
  }

  @Test
  void stopsLookingAfterAThousandDamages() {
    SampleLog log = LOG.copy();
    for (int tile = 0; tile < 5; tile++) {
      log.put(new OfTile(0, tile, 256), new byte[256 * Hash.BYTES]);
    }
    AuditReport report = Audit.of(log, LOG.signed().checkpoint(), done -> {});
    assertEquals(Audit.DAMAGES_MAX, report.damages().size());
  }

  private static Arguments damage(String name, Consumer<SampleLog> bend, String... places) {
    return argumentSet(name, bend, List.of(places));
  }

  private static String place(Damage damage) {
    return damage.kind() + " " + damage.file().text() + damage.place();
  }

  /** Changes one entry, and the tile of its leaf hash to match. */
  private static void rewriteSeventhBundle(SampleLog log) {
    log.flip("tile/entries/007", 40);
    byte[] row = new byte[256 * Hash.BYTES];
    List<byte[]> entries = EntryBundle.decode(log.files().get("tile/entries/007"), 256);
    for (int i = 0; i < 256; i++) {
      Hash.ofLeaf(entries.get(i)).copyTo(row, i * Hash.BYTES);
    }
    log.put(new OfTile(0, 7, 256), row);
  }

  private static int entryStart(SampleLog log, int position) {
    int[] start = new int[1];
    EntryBundle.visit(
        log.files().get("tile/entries/007"),
        256,
        (at, from, length) -> start[0] = at == position ? from : start[0]);
    return start[0];
  }

  private static void cut(SampleLog log, LogPath path, int length) {
    log.put(path, Arrays.copyOf(log.files().get(path.text()), length));
  }
}
