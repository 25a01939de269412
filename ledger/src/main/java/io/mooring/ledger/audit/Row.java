package io.mooring.ledger.audit;

import io.mooring.ledger.Hash;
import io.mooring.ledger.tlog.LogPath.OfTile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One tile twice: as it is stored, and as it is derived from what lies below it. */
final class Row {
  final OfTile tile;
  final byte @Nullable [] stored;
  final byte[] derived;

  /** Where the two differ and what lies below has not settled why. */
  final List<Integer> disputed = new ArrayList<>();

  /** Whether something below is missing so that nothing can be derived. */
  boolean unknown;

  Row(OfTile tile, byte @Nullable [] stored) {
    this.tile = tile;
    this.stored = stored;
    this.derived = new byte[tile.bytesMax()];
  }

  /** What stands at a position, or the hash of nothing, which no node has, when nothing does. */
  Hash shownAt(int position) {
    return stored == null ? Hash.ofNothing() : Hash.at(stored, position * Hash.BYTES);
  }

  void derive(int position, Hash hash) {
    hash.copyTo(derived, position * Hash.BYTES);
  }

  /** The tile as the log shows it, or as it must be when the log shows none. */
  byte[] shown() {
    return stored == null ? derived : stored;
  }

  /** Disputes every position at which the two differ. */
  void compare() {
    if (stored == null || Arrays.equals(stored, derived)) {
      return;
    }
    for (int position = 0; position < tile.width(); position++) {
      int from = position * Hash.BYTES;
      int to = from + Hash.BYTES;
      if (!Arrays.equals(stored, from, to, derived, from, to)) {
        disputed.add(position);
      }
    }
  }
}
