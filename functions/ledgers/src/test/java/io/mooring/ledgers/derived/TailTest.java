package io.mooring.ledgers.derived;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mooring.ledger.Hash;
import io.mooring.ledger.tlog.LogPath;
import io.mooring.ledger.tlog.LogPath.OfTile;
import io.mooring.ledger.tlog.TileBuilder;
import io.mooring.ledger.tlog.Tiling;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TailTest {
  private static final long SEED = Long.getLong("seed", 7);

  /** What was given out, by name, as it would be stored. */
  private static final class Kept implements Tail.Sink {
    final List<Pack> packs = new ArrayList<>();
    final Map<String, byte[]> tiles = new HashMap<>();

    @Override
    public void pack(Pack pack) {
      packs.add(pack);
    }

    @Override
    public void tile(OfTile tile, byte[] hashes) {
      tiles.put(tile.text(), hashes);
    }
  }

  /** One commit of a made-up ledger. */
  private record Made(Link link, List<Hash> leaves, long[] subjects) {}

  @ParameterizedTest
  @ValueSource(ints = {1, 100, 1_000, 4_096, 9_000})
  void thePacksDoNotDependOnWhereTheReadingBeganAgain(int entriesMax) {
    List<Made> commits = made(70_000, entriesMax);
    Kept whole = new Kept();
    add(Tail.ofEmpty(whole), commits);

    Kept again = new Kept();
    Tail tail = Tail.ofEmpty(again);
    for (Made commit : commits) {
      tail.add(commit.link, commit.leaves, commit.subjects);
      while (!again.packs.isEmpty() && tail.packs() > 0 && tail.size() % 3 == 0) {
        tail = Tail.after(Pack.ofBytes(again.packs.getLast().toBytes()), again);
        int next = Math.toIntExact(tail.nextCommit()) - 1;
        Tail from = tail;
        commits.subList(next, Math.toIntExact(commit.link.commit())).stream()
            .forEach(c -> from.add(c.link, c.leaves, c.subjects));
        break;
      }
    }

    assertEquals(70_000 / Pack.LEAVES, whole.packs.size(), "seed " + SEED);
    assertTrue(whole.tiles.containsKey("tile/1/000"));
    assertEquals(whole.tiles.keySet(), again.tiles.keySet());
    Map<Long, byte[]> first = new HashMap<>();
    whole.packs.forEach(pack -> first.put(pack.number(), pack.toBytes()));
    for (Pack pack : again.packs) {
      assertArrayEquals(first.get(pack.number()), pack.toBytes(), "pack " + pack.number());
    }
  }

  @Test
  void theTailHasEveryTileThatThePacksHaveNot() {
    List<Made> commits = made(70_000, 700);
    Kept kept = new Kept();
    Tail tail = add(Tail.ofEmpty(kept), commits);
    Map<String, byte[]> expected = new HashMap<>();
    TileBuilder builder = new TileBuilder((tile, hashes) -> expected.put(tile.text(), hashes));
    commits.forEach(commit -> commit.leaves.forEach(builder::add));
    builder.partials((tile, hashes) -> expected.put(tile.text(), hashes));

    Tiling tiling = new Tiling(tail.size());
    for (int level = 0; level < tiling.levels(); level++) {
      for (long index = 0; index < tiling.tiles(level); index++) {
        OfTile tile = tiling.tile(level, index);
        assertArrayEquals(expected.get(tile.text()), read(tail, kept, tile), tile.text());
      }
    }
  }

  @Test
  void subjectsAreFoundInPacksAndInTheTail() {
    List<Made> commits = made(10_000, 300);
    Kept kept = new Kept();
    Tail tail = add(Tail.ofEmpty(kept), commits);
    List<Long> expected = new ArrayList<>();
    List<Long> found = new ArrayList<>();
    long key = Subjects.key(Optional.of("subject 3"));
    long index = 0;
    for (Made commit : commits) {
      for (long subject : commit.subjects) {
        if (subject == key) {
          expected.add(index);
        }
        index++;
      }
    }

    for (Pack pack : kept.packs) {
      for (int place : pack.subjects().places(key)) {
        found.add(pack.start() + place);
      }
    }
    found.addAll(tail.view(key).indexes());

    assertTrue(expected.size() > 1_000);
    assertEquals(expected, found, "seed " + SEED);
  }

  private static byte[] read(Tail tail, Kept kept, OfTile tile) {
    if (tile.level() == 0 && tile.index() / 16 < kept.packs.size()) {
      return kept.packs.get((int) (tile.index() / 16)).leafTile(tile);
    }
    return tile.level() > 0 && tile.width() == LogPath.FULL_WIDTH
        ? kept.tiles.get(tile.text())
        : tail.hashes(tile).orElseThrow();
  }

  private static Tail add(Tail tail, List<Made> commits) {
    commits.forEach(commit -> tail.add(commit.link, commit.leaves, commit.subjects));
    return tail;
  }

  private static List<Made> made(int entries, int entriesMax) {
    Random random = new Random(SEED);
    List<Made> commits = new ArrayList<>();
    long start = 0;
    while (start < entries) {
      int count = (int) Math.min(entries - start, 1 + random.nextInt(entriesMax));
      List<Hash> leaves = new ArrayList<>();
      long[] subjects = new long[count];
      for (int i = 0; i < count; i++) {
        leaves.add(Hash.ofLeaf(ByteBuffer.allocate(8).putLong(start + i).array()));
        int subject = random.nextInt(8);
        subjects[i] = subject == 0 ? 0 : Subjects.key(Optional.of("subject " + subject));
      }
      long number = commits.size() + 1;
      commits.add(new Made(new Link(number, start, 1_000 + number), leaves, subjects));
      start += count;
    }
    return commits;
  }
}
