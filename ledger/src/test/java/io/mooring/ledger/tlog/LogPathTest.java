package io.mooring.ledger.tlog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.mooring.ledger.MalformedException;
import io.mooring.ledger.tlog.LogPath.OfBundle;
import io.mooring.ledger.tlog.LogPath.OfCheckpoint;
import io.mooring.ledger.tlog.LogPath.OfTile;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogPathTest {
  @Test
  void spellsPathsAsTlogTilesDoes() {
    spells("checkpoint", new OfCheckpoint());
    spells("tile/0/000", new OfTile(0, 0, 256));
    spells("tile/0/273.p/112", new OfTile(0, 273, 112));
    spells("tile/1/001.p/17", new OfTile(1, 1, 17));
    spells("tile/0/x001/x234/067", new OfTile(0, 1_234_067, 256));
    spells("tile/entries/x001/067.p/1", new OfBundle(1_067, 1));
    spells("tile/entries/x036/x028/x797/x018/x963/967", new OfBundle(Long.MAX_VALUE >> 8, 256));
  }

  private static void spells(String text, LogPath path) {
    assertEquals(text, path.text());
    assertEquals(path, LogPath.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/checkpoint",
        "checkpoint/",
        "tile/0/0",
        "tile/0/1000",
        "tile/0/x000/001",
        "tile/0/001/067",
        "tile/0/x001/x067",
        "tile/00/000",
        "tile/8/000",
        "tile/63/000",
        "tile/-1/000",
        "tile/data/000",
        "tile/0/000.p/0",
        "tile/0/000.p/01",
        "tile/0/000.p/256",
        "tile/0/000.p/257",
        "tile/0/000.p/999",
        "tile/0/000.p/",
        "tile/0/000/",
        "tile/0/../checkpoint",
        "tile/0/%30%30%30",
        "tile/0/٠٠٠",
        "tile/7/128",
        "tile/entries/x036/x028/x797/x018/x963/968",
        "tile/entries/x999/x999/x999/x999/x999/x999/x999/999",
        "tile/0/000\n"
      })
  void refusesEveryOtherSpelling(String text) {
    assertThrows(MalformedException.class, () -> LogPath.parse(text));
  }

  @Test
  void aTreeOfSeventyThousandHasTheTilesOfTheSpecification() {
    Tiling tiling = new Tiling(70_000);
    assertEquals(3, tiling.levels());
    assertEquals(274, tiling.tiles(0));
    assertEquals(new OfTile(0, 273, 112), tiling.tile(0, 273));
    assertEquals(new OfTile(0, 272, 256), tiling.tile(0, 272));
    assertEquals(new OfTile(1, 1, 17), tiling.tile(1, 1));
    assertEquals(new OfTile(2, 0, 1), tiling.tile(2, 0));
    assertEquals(3, tiling.partialTiles().size());
    assertEquals(new OfBundle(273, 112), tiling.bundleOf(69_999));
    assertThrows(MalformedException.class, () -> tiling.tile(0, 274));
  }

  @Test
  void everyFileOfALogHasANumber() {
    for (int size : new int[] {0, 1, 256, 257, 70_000}) {
      Tiling tiling = new Tiling(size);
      Set<String> numbered =
          LongStream.range(0, tiling.fileCount())
              .mapToObj(number -> tiling.file(number).text())
              .collect(Collectors.toCollection(TreeSet::new));
      numbered.add("checkpoint");
      assertEquals(new SampleLog(size).files().keySet(), numbered);
      assertThrows(IllegalArgumentException.class, () -> tiling.file(tiling.fileCount()));
    }
  }

  @Test
  void treesOfEverySizeHaveFittingTiles() {
    assertEquals(0, new Tiling(0).levels());
    assertEquals(1, new Tiling(255).levels());
    assertEquals(2, new Tiling(256).levels());
    assertEquals(new OfTile(1, 0, 1), new Tiling(256).partialTiles().getFirst());
    Tiling largest = new Tiling(Long.MAX_VALUE);
    assertEquals(8, largest.levels());
    assertEquals(8, largest.partialTiles().size());
    assertEquals(new OfTile(7, 0, 127), largest.tile(7, 0));
  }
}
