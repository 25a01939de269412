package io.mooring.ledger.tlog;

import static io.mooring.ledger.tlog.LogPath.FULL_WIDTH;
import static io.mooring.ledger.tlog.LogPath.TILE_LEVELS;

import io.mooring.ledger.Frontier;
import io.mooring.ledger.Hash;
import io.mooring.ledger.HashRow;
import io.mooring.ledger.tlog.LogPath.OfTile;
import java.util.Arrays;

/**
 * Builds a log's tiles from its leaf hashes in order. The same leaves give the same tiles byte for
 * byte, however they are cut into runs. Not thread-safe.
 */
public final class TileBuilder {
  /** Takes what is built. */
  @FunctionalInterface
  public interface Sink {
    void tile(OfTile tile, byte[] hashes);
  }

  private final byte[][] rows = new byte[TILE_LEVELS][FULL_WIDTH * Hash.BYTES];
  private final Sink full;
  private long size;

  /** Begins an empty log; each tile goes to {@code full} at the moment it is. */
  public TileBuilder(Sink full) {
    this.full = full;
  }

  /** Goes on with a log of {@code size} leaves, whose partial tiles are read. */
  public static TileBuilder resume(long size, LogFiles files, Sink full) {
    TileBuilder builder = new TileBuilder(full);
    for (OfTile tile : new Tiling(size).partialTiles()) {
      byte[] row =
          files
              .hashes(tile)
              .filter(hashes -> hashes.length == tile.bytesMax())
              .orElseThrow(() -> new MissingFileException(tile));
      System.arraycopy(row, 0, builder.rows[tile.level()], 0, tile.bytesMax());
    }
    builder.size = size;
    return builder;
  }

  public void add(Hash leaf) {
    Hash hash = leaf;
    long position = size++;
    for (int level = 0; ; level++) {
      int at = (int) (position % FULL_WIDTH);
      hash.copyTo(rows[level], at * Hash.BYTES);
      if (at < FULL_WIDTH - 1) {
        return;
      }
      position /= FULL_WIDTH;
      full.tile(new OfTile(level, position, FULL_WIDTH), rows[level].clone());
      hash = HashRow.subtree(rows[level], 0, FULL_WIDTH);
    }
  }

  public long size() {
    return size;
  }

  /** Gives the tiles that are not full yet, as the log must show them at this size. */
  public void partials(Sink partial) {
    for (OfTile tile : new Tiling(size).partialTiles()) {
      partial.tile(tile, Arrays.copyOf(rows[tile.level()], tile.bytesMax()));
    }
  }

  public Frontier frontier() {
    return new Tiling(size).frontier(tile -> rows[tile.level()]);
  }
}
