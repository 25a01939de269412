package io.mooring.ledger.tlog;

import static io.mooring.ledger.tlog.LogPath.FULL_WIDTH;
import static io.mooring.ledger.tlog.LogPath.LEVELS_PER_TILE;
import static io.mooring.ledger.tlog.LogPath.TILE_LEVELS;

import io.mooring.ledger.Frontier;
import io.mooring.ledger.Hash;
import io.mooring.ledger.HashRow;
import io.mooring.ledger.tlog.LogPath.OfBundle;
import io.mooring.ledger.tlog.LogPath.OfTile;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Which tiles and bundles a tree of a given size has. */
public record Tiling(long size) {
  public Tiling {
    if (size < 0) {
      throw new IllegalArgumentException("a tree has from 0 to 2^63-1 leaves, not " + size);
    }
  }

  /** How many hashes stand at a level of tiles. */
  public long hashes(int level) {
    return level < TILE_LEVELS ? size >> (LEVELS_PER_TILE * level) : 0;
  }

  /** How many tiles a level has, the partial one counted. */
  public long tiles(int level) {
    long hashes = hashes(level);
    return hashes / FULL_WIDTH + (hashes % FULL_WIDTH == 0 ? 0 : 1);
  }

  /** How many levels have tiles. */
  public int levels() {
    int levels = 0;
    while (hashes(levels) > 0) {
      levels++;
    }
    return levels;
  }

  /** A tile as wide as it is in this tree. */
  public OfTile tile(int level, long index) {
    long width = Math.min(FULL_WIDTH, hashes(level) - index * FULL_WIDTH);
    return new OfTile(level, index, Math.toIntExact(Math.max(width, 0)));
  }

  /** A bundle as wide as it is in this tree. */
  public OfBundle bundle(long index) {
    return new OfBundle(index, tile(0, index).width());
  }

  /** The bundle with one entry in it. */
  public OfBundle bundleOf(long entry) {
    return bundle(entry / FULL_WIDTH);
  }

  /** Every tile that is not full, from the lowest level up. */
  public List<OfTile> partialTiles() {
    List<OfTile> partial = new ArrayList<>();
    for (int level = 0; level < levels(); level++) {
      if (hashes(level) % FULL_WIDTH != 0) {
        partial.add(tile(level, hashes(level) / FULL_WIDTH));
      }
    }
    return partial;
  }

  /** How many files a log of this size has besides its checkpoint. */
  public long fileCount() {
    return tiles(0) + IntStream.range(0, levels()).mapToLong(this::tiles).sum();
  }

  /** One of these files by number: the bundles first, then the tiles from the lowest level up. */
  public LogPath file(long number) {
    if (number < tiles(0)) {
      return bundle(number);
    }
    long rest = number - tiles(0);
    for (int level = 0; level < levels(); level++) {
      if (rest < tiles(level)) {
        return tile(level, rest);
      }
      rest -= tiles(level);
    }
    throw new IllegalArgumentException("no file " + number + " of " + fileCount());
  }

  /** The frontier of this tree, whose peaks stand in the tiles that are not full. */
  public Frontier frontier(Function<OfTile, byte[]> hashes) {
    List<Hash> peaks = new ArrayList<>(Long.bitCount(size));
    for (OfTile tile : partialTiles().reversed()) {
      byte[] row = hashes.apply(tile);
      int at = 0;
      for (int count = FULL_WIDTH / 2; count > 0; count /= 2) {
        if ((tile.width() & count) != 0) {
          peaks.add(HashRow.subtree(row, at, count));
          at += count;
        }
      }
    }
    return new Frontier(size, peaks);
  }
}
