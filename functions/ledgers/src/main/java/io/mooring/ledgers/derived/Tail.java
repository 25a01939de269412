package io.mooring.ledgers.derived;

import static io.mooring.ledger.tlog.LogPath.FULL_WIDTH;

import io.mooring.ledger.Hash;
import io.mooring.ledger.tlog.LogPath.OfTile;
import io.mooring.ledger.tlog.TileBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The right end of a ledger, which no pack covers yet: fed with entries in order, it gives out each
 * pack, and each tile above the leaves, at the moment it is full. Not thread-safe.
 */
final class Tail {
  /** Takes what has become full. */
  interface Sink {
    void pack(Pack pack);

    /** A full tile of a level above the leaves. */
    void tile(OfTile tile, byte[] hashes);
  }

  private final Sink sink;
  private final TileBuilder tiles;
  private final List<Link> links = new ArrayList<>();
  private final byte[] leaves = new byte[Pack.LEAVES * Hash.BYTES];
  private final long[] subjects = new long[Pack.LEAVES];
  private final Map<Integer, byte[]> partial = new HashMap<>();
  private long packs;
  private int count;
  private long lastCommit;

  private Tail(Sink sink) {
    this.sink = sink;
    this.tiles = new TileBuilder(this::full);
  }

  private Tail(Pack last, Sink sink) {
    this.sink = sink;
    this.packs = last.number() + 1;
    this.lastCommit = last.links().getLast().commit();
    this.tiles =
        TileBuilder.resume(
            last.end(),
            path ->
                path instanceof OfTile tile
                    ? Optional.ofNullable(last.edge().get(tile.level()))
                    : Optional.empty(),
            this::full);
  }

  static Tail ofEmpty(Sink sink) {
    return new Tail(sink);
  }

  /**
   * Goes on after a pack. The commit in which the pack ends may hold more entries, so it is to be
   * added again: {@link #add} passes over those that are there.
   */
  static Tail after(Pack last, Sink sink) {
    return new Tail(last, sink);
  }

  /** How many entries were added, those of the packs before included. */
  long size() {
    return packs * Pack.LEAVES + count;
  }

  long packs() {
    return packs;
  }

  /** The number of the commit to add next: the last one again where a pack ended inside it. */
  long nextCommit() {
    return lastCommit == 0 ? 1 : links.isEmpty() ? lastCommit : lastCommit + 1;
  }

  /** Adds the entries of one commit. */
  void add(Link link, List<Hash> hashes, long[] subjectKeys) {
    long from = Math.max(0, size() - link.start());
    if (from >= hashes.size()) {
      lastCommit = link.commit();
      return;
    }
    if (links.isEmpty() || links.getLast().commit() < link.commit()) {
      links.add(link);
    }
    lastCommit = link.commit();
    for (int i = Math.toIntExact(from); i < hashes.size(); i++) {
      Hash leaf = hashes.get(i);
      leaf.copyTo(leaves, count * Hash.BYTES);
      subjects[count] = subjectKeys[i];
      count++;
      tiles.add(leaf);
      if (count == Pack.LEAVES) {
        emit(i + 1 < hashes.size() ? link : null);
      }
    }
    partial.clear();
  }

  /** The hashes of a tile at most as wide as it is now, if it reaches into the tail. */
  Optional<byte[]> hashes(OfTile wanted) {
    if (wanted.level() == 0) {
      long first = wanted.index() * FULL_WIDTH - packs * Pack.LEAVES;
      if (first < 0 || first + wanted.width() > count) {
        return Optional.empty();
      }
      int from = Math.toIntExact(first) * Hash.BYTES;
      return Optional.of(Arrays.copyOfRange(leaves, from, from + wanted.bytesMax()));
    }
    if (partial.isEmpty()) {
      tiles.partials((tile, hashes) -> partial.put(tile.level(), hashes));
    }
    byte[] row = partial.get(wanted.level());
    long index = size() >> (Byte.SIZE * (wanted.level() + 1));
    return row == null || index != wanted.index() || row.length < wanted.bytesMax()
        ? Optional.empty()
        : Optional.of(Arrays.copyOf(row, wanted.bytesMax()));
  }

  /** The commit of an entry of the tail; empty for one of the packs before it. */
  Optional<Link> linkOf(long index) {
    return index < packs * Pack.LEAVES
        ? Optional.empty()
        : Optional.of(Links.ofIndex(links, index));
  }

  /** What the tail was at one moment, while others go on adding to it. */
  record View(long packs, long size, List<Link> links, List<Long> indexes) {}

  View view() {
    return new View(packs, size(), List.copyOf(links), List.of());
  }

  /** Together with the indexes, in order, of its entries whose subject has that key. */
  View view(long subjectKey) {
    List<Long> indexes = new ArrayList<>();
    for (int place = 0; place < count; place++) {
      if (subjects[place] == subjectKey) {
        indexes.add(packs * Pack.LEAVES + place);
      }
    }
    return new View(packs, size(), List.copyOf(links), indexes);
  }

  private void full(OfTile tile, byte[] hashes) {
    if (tile.level() > 0) {
      sink.tile(tile, hashes);
    }
  }

  private void emit(@Nullable Link continuing) {
    SortedMap<Integer, byte[]> edge = new TreeMap<>();
    tiles.partials((tile, hashes) -> edge.put(tile.level(), hashes));
    sink.pack(new Pack(packs, links, leaves.clone(), edge, Subjects.of(subjects, Pack.LEAVES)));
    packs++;
    count = 0;
    Link last = links.getLast();
    links.clear();
    if (continuing != null) {
      links.add(last);
    }
  }
}
