package io.mooring.ledger.tlog;

import static io.mooring.ledger.tlog.LogPath.FULL_WIDTH;
import static io.mooring.ledger.tlog.LogPath.LEVELS_PER_TILE;

import io.mooring.ledger.Hash;
import io.mooring.ledger.HashRow;
import io.mooring.ledger.Nodes;
import io.mooring.ledger.tlog.LogPath.OfTile;
import java.util.HashMap;
import java.util.Map;

/**
 * A tree's nodes, read from its tiles, each tile once. It believes the tiles: a proof built from
 * damaged ones does not verify. Not thread-safe.
 */
public final class TileNodes implements Nodes {
  private final Tiling tiling;
  private final LogFiles files;
  private final Map<OfTile, byte[]> read = new HashMap<>();

  public TileNodes(long size, LogFiles files) {
    this.tiling = new Tiling(size);
    this.files = files;
  }

  @Override
  public Hash node(int level, long index) {
    int tileLevel = level / LEVELS_PER_TILE;
    int width = 1 << (level % LEVELS_PER_TILE);
    long first = index * width;
    OfTile tile = tiling.tile(tileLevel, first / FULL_WIDTH);
    return HashRow.subtree(
        read.computeIfAbsent(tile, this::row), (int) (first % FULL_WIDTH), width);
  }

  private byte[] row(OfTile tile) {
    return files
        .hashes(tile)
        .filter(hashes -> hashes.length == tile.bytesMax())
        .orElseThrow(() -> new MissingFileException(tile));
  }
}
