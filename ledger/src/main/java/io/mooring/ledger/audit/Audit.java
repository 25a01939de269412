package io.mooring.ledger.audit;

import static io.mooring.ledger.tlog.LogPath.FULL_WIDTH;

import io.mooring.ledger.Checkpoint;
import io.mooring.ledger.Hash;
import io.mooring.ledger.HashRow;
import io.mooring.ledger.MalformedException;
import io.mooring.ledger.audit.Damage.Kind;
import io.mooring.ledger.tlog.EntryBundle;
import io.mooring.ledger.tlog.LogFiles;
import io.mooring.ledger.tlog.LogPath;
import io.mooring.ledger.tlog.LogPath.OfBundle;
import io.mooring.ledger.tlog.LogPath.OfCheckpoint;
import io.mooring.ledger.tlog.LogPath.OfTile;
import io.mooring.ledger.tlog.Tiling;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One pass over a whole log: entries to leaf hashes, leaf hashes to tiles, tiles to the root of a
 * checkpoint. Where a stored tile and what lies below it differ, the tile above says which of the
 * two is damaged, and above the last tiles the checkpoint's root does.
 */
public final class Audit {
  public static final int DAMAGES_MAX = 1000;

  private final LogFiles files;
  private final Checkpoint checkpoint;
  private final Tiling tiling;
  private final List<Damage> damages = new ArrayList<>();

  /** The tile of each level that is being filled. */
  private final @Nullable Row[] open = new Row[LogPath.TILE_LEVELS];

  private Audit(LogFiles files, Checkpoint checkpoint) {
    this.files = files;
    this.checkpoint = checkpoint;
    this.tiling = new Tiling(checkpoint.size());
  }

  /**
   * Checks everything that a log of this checkpoint has; {@code progress} is told how many entries
   * are done. It stops looking after {@value #DAMAGES_MAX} damages.
   */
  public static AuditReport of(LogFiles files, Checkpoint checkpoint, LongConsumer progress) {
    Audit audit = new Audit(files, checkpoint);
    audit.run(progress);
    return new AuditReport(checkpoint, audit.damages);
  }

  private void run(LongConsumer progress) {
    for (long index = 0; index < tiling.tiles(0) && damages.size() < DAMAGES_MAX; index++) {
      OfBundle bundle = tiling.bundle(index);
      climb(leaves(bundle));
      progress.accept(index * FULL_WIDTH + bundle.width());
    }
    if (damages.size() < DAMAGES_MAX) {
      judgeByRoot();
    }
  }

  private Row leaves(OfBundle bundle) {
    Row row = open(bundle.tile());
    Optional<byte[]> entries = whole(bundle, files::entries);
    try {
      if (entries.isPresent()) {
        byte[] bytes = entries.get();
        EntryBundle.visit(
            bytes,
            bundle.width(),
            (position, from, length) ->
                HashRow.putLeaf(row.derived, position, bytes, from, length));
        row.compare();
        return row;
      }
    } catch (MalformedException malformed) {
      add(Damage.ofFile(Kind.MALFORMED, bundle));
    }
    row.unknown = row.stored == null;
    System.arraycopy(row.shown(), 0, row.derived, 0, row.derived.length);
    return row;
  }

  private Row open(OfTile tile) {
    Optional<byte[]> stored = whole(tile, files::hashes);
    if (stored.isPresent() && stored.get().length != tile.bytesMax()) {
      add(Damage.ofFile(Kind.MALFORMED, tile));
      stored = Optional.empty();
    }
    Row row = new Row(tile, stored.orElse(null));
    open[tile.level()] = row;
    return row;
  }

  private <P extends LogPath> Optional<byte[]> whole(P path, Function<P, Optional<byte[]>> read) {
    Optional<byte[]> bytes;
    try {
      bytes = read.apply(path);
    } catch (MalformedException malformed) {
      add(Damage.ofFile(Kind.MALFORMED, path));
      return Optional.empty();
    }
    if (bytes.isEmpty()) {
      add(Damage.ofFile(Kind.MISSING, path));
    }
    return bytes;
  }

  /** Once a tile is full, its root belongs into the tile above, which judges it. */
  private void climb(Row filled) {
    Row row = filled;
    while (row.tile.width() == FULL_WIDTH) {
      long index = row.tile.index() / FULL_WIDTH;
      int position = (int) (row.tile.index() % FULL_WIDTH);
      int level = row.tile.level() + 1;
      Row above = position == 0 ? open(tiling.tile(level, index)) : opened(level);
      judge(row, above, position);
      if (position < above.tile.width() - 1) {
        return;
      }
      row = above;
    }
  }

  private void judge(Row row, Row above, int position) {
    Hash judge = above.shownAt(position);
    if (row.unknown) {
      above.unknown |= above.stored == null;
      above.derive(position, judge);
      return;
    }
    Hash derived = HashRow.subtree(row.derived, 0, FULL_WIDTH);
    Hash shown = row.disputed.isEmpty() ? derived : HashRow.subtree(row.shown(), 0, FULL_WIDTH);
    boolean settled = settle(row, derived, shown, judge);
    above.derive(position, settled ? judge : derived);
    if (!settled && above.stored != null) {
      above.disputed.add(position);
    }
  }

  /** The right edge has no tiles above it but the signed root. */
  private void judgeByRoot() {
    List<Row> edge = new ArrayList<>();
    for (OfTile tile : tiling.partialTiles()) {
      edge.add(opened(tile.level()));
    }
    if (edge.stream().anyMatch(row -> row.unknown)) {
      return; // what is missing is named already, and without it there is no root to compare
    }
    Hash root = checkpoint.head().root();
    Hash derived = tiling.frontier(tile -> opened(tile.level()).derived).root();
    Hash shown = tiling.frontier(tile -> opened(tile.level()).shown()).root();
    boolean settled = true;
    for (Row row : edge) {
      settled &= settle(row, derived, shown, root);
    }
    if (!settled && edge.stream().allMatch(row -> row.disputed.isEmpty())) {
      add(Damage.ofFile(Kind.ALTERED, new OfCheckpoint()));
    }
  }

  /** Says whether the judge agrees with one side, and names what is damaged on the other. */
  private boolean settle(Row row, Hash derived, Hash shown, Hash judge) {
    if (derived.equals(judge)) {
      row.disputed.forEach(position -> add(new Damage(Kind.ALTERED, row.tile, position)));
      return true;
    }
    if (shown.equals(judge)) {
      row.disputed.forEach(position -> addBelow(row, position, Kind.ALTERED));
      return true;
    }
    for (int position : row.disputed) {
      add(new Damage(Kind.DOUBTFUL, row.tile, position));
      addBelow(row, position, Kind.DOUBTFUL);
    }
    return false;
  }

  private void addBelow(Row row, int position, Kind kind) {
    OfTile tile = row.tile;
    if (tile.level() == 0) {
      add(new Damage(kind, new OfBundle(tile.index(), tile.width()), position));
      return;
    }
    OfTile below = tiling.tile(tile.level() - 1, tile.index() * FULL_WIDTH + position);
    if (damages.stream().anyMatch(damage -> damage.file().equals(below))) {
      return; // it was not there to be compared, and that is said already
    }
    add(Damage.ofFile(kind, below));
    if (below.level() == 0) { // it agrees with its entries, so they are what it is
      add(Damage.ofFile(kind, new OfBundle(below.index(), below.width())));
    }
  }

  private Row opened(int level) {
    Row row = open[level];
    if (row == null) {
      throw new AssertionError("a tile is judged by the one above it, opened before");
    }
    return row;
  }

  private void add(Damage damage) {
    if (damages.size() < DAMAGES_MAX) {
      damages.add(damage);
    }
  }
}
