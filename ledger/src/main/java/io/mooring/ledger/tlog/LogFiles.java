package io.mooring.ledger.tlog;

import io.mooring.ledger.tlog.LogPath.OfBundle;
import io.mooring.ledger.tlog.LogPath.OfTile;
import java.util.Arrays;
import java.util.Optional;

/**
 * Where the static files of one log are read from.
 *
 * <p><b>Trust:</b> none; whatever comes from here is checked against a signed checkpoint.
 *
 * <p><b>Loss:</b> tiles are rebuilt from entries, and entries from the ledger's commits.
 */
@FunctionalInterface
public interface LogFiles {
  /**
   * The bytes of one file, or nothing when the log has no such file. It may give more than {@link
   * LogPath#bytesMax} only to be refused for it.
   */
  Optional<byte[]> read(LogPath path);

  /**
   * The hashes of a tile. Once a tile is full its partial forms may be gone (C2SP tlog-tiles), so
   * the full one serves, cut to the width asked for.
   */
  default Optional<byte[]> hashes(OfTile tile) {
    return read(tile)
        .or(
            () ->
                read(tile.full())
                    .filter(full -> full.length == tile.full().bytesMax())
                    .map(full -> Arrays.copyOf(full, tile.bytesMax())));
  }

  /** The entries of a bundle, likewise. */
  default Optional<byte[]> entries(OfBundle bundle) {
    return read(bundle)
        .or(() -> read(bundle.full()).map(full -> EntryBundle.cut(full, bundle.width())));
  }
}
