package io.mooring.ledger.tlog;

import io.mooring.ledger.Entry;
import io.mooring.ledger.Hash;
import io.mooring.ledger.MalformedException;
import io.mooring.ledger.note.Note;

/** Where one file of a log stands below the log's address (C2SP tlog-tiles). */
public sealed interface LogPath {
  /** How many hashes or entries a full file has. */
  int FULL_WIDTH = 256;

  /** How many levels of a tree one level of tiles spans. */
  int LEVELS_PER_TILE = 8;

  /** No tree of fewer than 2^63 leaves has tiles above the eighth level. */
  int TILE_LEVELS = 8;

  /** The path, relative and without a leading slash. */
  String text();

  /** The most bytes that the file can have. */
  int bytesMax();

  /** Reads the one spelling of a path that {@link #text} writes. */
  static LogPath parse(String text) {
    return PathText.parse(text);
  }

  /** The newest signed checkpoint; the only file that changes. */
  record OfCheckpoint() implements LogPath {
    @Override
    public String text() {
      return "checkpoint";
    }

    @Override
    public int bytesMax() {
      return Note.BYTES_MAX;
    }
  }

  /** The {@code width} hashes of one tile; a full one has {@value #FULL_WIDTH}. */
  record OfTile(int level, long index, int width) implements LogPath {
    public OfTile {
      if (level < 0 || level >= TILE_LEVELS) {
        throw new MalformedException("tiles have levels 0 to " + (TILE_LEVELS - 1));
      }
      PathText.requirePlace(level, index, width);
    }

    @Override
    public String text() {
      return "tile/" + level + "/" + PathText.of(index, width);
    }

    @Override
    public int bytesMax() {
      return width * Hash.BYTES;
    }

    public OfTile full() {
      return new OfTile(level, index, FULL_WIDTH);
    }
  }

  /** The {@code width} entries of one bundle; a full one has {@value #FULL_WIDTH}. */
  record OfBundle(long index, int width) implements LogPath {
    public OfBundle {
      PathText.requirePlace(0, index, width);
    }

    @Override
    public String text() {
      return "tile/entries/" + PathText.of(index, width);
    }

    @Override
    public int bytesMax() {
      return width * (Short.BYTES + Entry.BYTES_MAX);
    }

    public OfBundle full() {
      return new OfBundle(index, FULL_WIDTH);
    }

    /** The tile of the leaf hashes of the same entries. */
    public OfTile tile() {
      return new OfTile(0, index, width);
    }
  }
}
