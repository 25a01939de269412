package io.mooring.ledger.tlog;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.mooring.ledger.Frontier;
import io.mooring.ledger.Hash;
import io.mooring.ledger.Tree;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TileBuilderTest {
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 255, 256, 257, 511, 512, 65_535, 65_536, 65_537, 70_000})
  void reachesTheRootThatTheFrontierReaches(int size) {
    SampleLog log = new SampleLog(size);
    Frontier frontier =
        Frontier.empty()
            .appendAll(
                IntStream.range(0, size).mapToObj(i -> Hash.ofLeaf(SampleLog.entry(i))).toList());
    assertEquals(frontier.head(), log.signed().checkpoint().head());
    assertEquals(frontier.head(), new Tree(size, new TileNodes(size, log)).head());
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("io.mooring.testing.Seeds#fresh")
  void buildsTheSameTilesHoweverTheLeavesAreCutIntoRuns(long seed) {
    Random random = new Random(seed);
    int size = 1 + random.nextInt(2000);
    int pause = random.nextInt(size + 1);
    SampleLog whole = new SampleLog(size);
    SampleLog paused = new SampleLog(pause);

    TileBuilder resumed = TileBuilder.resume(pause, paused, paused::put);
    IntStream.range(pause, size).forEach(i -> resumed.add(Hash.ofLeaf(SampleLog.entry(i))));
    resumed.partials(paused::put);

    whole
        .files()
        .forEach(
            (path, bytes) -> {
              if (path.startsWith("tile/") && !path.startsWith("tile/entries/")) {
                assertArrayEquals(bytes, paused.files().get(path), path);
              }
            });
    assertEquals(whole.signed().checkpoint().head(), resumed.frontier().head());
  }

  @Test
  void readsAFullTileOnceThePartialOneIsGone() {
    SampleLog log = new SampleLog(600);
    SampleLog earlier = new SampleLog(300);
    Tree older = new Tree(300, new TileNodes(600, log));
    assertEquals(earlier.signed().checkpoint().head(), older.head());
    LogPath.OfTile partial = new LogPath.OfTile(0, 1, 44);
    assertArrayEquals(earlier.read(partial).orElseThrow(), log.hashes(partial).orElseThrow());
    assertArrayEquals(
        earlier.read(new LogPath.OfBundle(1, 44)).orElseThrow(),
        log.entries(new LogPath.OfBundle(1, 44)).orElseThrow());
  }

  @Test
  void saysWhichFileIsMissingOrCut() {
    SampleLog log = new SampleLog(300);
    log.put(new LogPath.OfTile(0, 1, 44), new byte[44 * 32 - 1]);
    MissingFileException cut =
        assertThrows(
            MissingFileException.class, () -> TileBuilder.resume(300, log, (tile, hashes) -> {}));
    assertEquals("tile/0/001.p/44", cut.path().text());
    log.files().remove("tile/0/000");
    TileNodes nodes = new TileNodes(300, log);
    assertThrows(MissingFileException.class, () -> nodes.node(0, 5));
  }
}
