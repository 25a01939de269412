package io.mooring.ledgers.derived;

import io.mooring.ledger.Hash;
import io.mooring.ledger.MalformedException;
import io.mooring.ledger.cbor.CborReader;
import io.mooring.ledger.cbor.CborWriter;
import io.mooring.ledger.tlog.LogPath.OfTile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is derived from {@value #LEAVES} entries in a row, in one object: their leaf hashes, which
 * are sixteen tiles; the commits that hold them; their subjects; and how wide the tiles above were
 * when the last of them was there.
 *
 * <pre>
 * { 1: number, 2: [[commit, start, millis], …], 3: leaf hashes, 4: [[level, hashes], …], 5: subjects }
 * </pre>
 */
record Pack(
    long number,
    List<Link> links,
    byte[] leaves,
    SortedMap<Integer, byte[]> edge,
    Subjects subjects) {
  static final int LEAVES = 4096;

  private static final int NUMBER = 1;
  private static final int LINKS = 2;
  private static final int LEAF_HASHES = 3;
  private static final int EDGE = 4;
  private static final int SUBJECTS = 5;
  private static final int LINK_FIELDS = 3;

  Pack {
    links = List.copyOf(links);
    if (leaves.length != LEAVES * Hash.BYTES || links.isEmpty()) {
      throw new MalformedException("a pack has " + LEAVES + " leaves and the commits of them");
    }
  }

  /** The size of the ledger whose last full pack this is, or was. */
  long end() {
    return (number + 1) * LEAVES;
  }

  long start() {
    return number * LEAVES;
  }

  /** The last commit that holds the entry of that index, or one before it. */
  Link linkOf(long index) {
    return Links.ofIndex(links, index);
  }

  byte[] toBytes() {
    CborWriter cbor = new CborWriter().map(5).unsigned(NUMBER).unsigned(number);
    cbor.unsigned(LINKS).array(links.size());
    for (Link link : links) {
      cbor.array(LINK_FIELDS);
      cbor.unsigned(link.commit()).unsigned(link.start()).unsigned(link.timeMillis());
    }
    cbor.unsigned(LEAF_HASHES).bytes(leaves);
    cbor.unsigned(EDGE).array(edge.size());
    for (Map.Entry<Integer, byte[]> tile : edge.entrySet()) {
      cbor.array(2).unsigned(tile.getKey()).bytes(tile.getValue());
    }
    return cbor.unsigned(SUBJECTS).bytes(subjects.bytes()).toBytes();
  }

  static Pack ofBytes(byte[] bytes) {
    CborReader cbor = new CborReader(bytes);
    Fields fields = new Fields(cbor);
    cbor.numberedMap(SUBJECTS, fields::read);
    cbor.end();
    return new Pack(fields.number, fields.links, fields.leaves, fields.edge, fields.subjects);
  }

  /** The hashes of a full tile of leaves that lies in this pack. */
  byte[] leafTile(OfTile tile) {
    int from = Math.toIntExact(tile.index() * tile.full().width() - start()) * Hash.BYTES;
    return Arrays.copyOfRange(leaves, from, from + tile.bytesMax());
  }

  private static final class Fields {
    private static final int BYTES_MAX = LEAVES * Hash.BYTES;

    private final CborReader cbor;
    private long number;
    private final List<Link> links = new ArrayList<>();
    private byte[] leaves = {};
    private final SortedMap<Integer, byte[]> edge = new TreeMap<>();
    private Subjects subjects = Subjects.ofBytes(new byte[0]);

    Fields(CborReader cbor) {
      this.cbor = cbor;
    }

    void read(long key) {
      switch ((int) key) {
        case NUMBER -> number = cbor.unsigned();
        case LINKS -> {
          for (int left = cbor.array(LEAVES); left > 0; left--) {
            requireItems(cbor.array(LINK_FIELDS), LINK_FIELDS);
            links.add(new Link(cbor.unsigned(), cbor.unsigned(), cbor.unsigned()));
          }
        }
        case LEAF_HASHES -> leaves = cbor.bytes(BYTES_MAX);
        case EDGE -> {
          for (int left = cbor.array(Long.SIZE); left > 0; left--) {
            requireItems(cbor.array(2), 2);
            edge.put(Math.toIntExact(cbor.unsigned()), cbor.bytes(BYTES_MAX));
          }
        }
        case SUBJECTS -> subjects = Subjects.ofBytes(cbor.bytes(BYTES_MAX));
        default -> throw new MalformedException("a pack has no field " + key);
      }
    }

    private static void requireItems(int items, int expected) {
      if (items != expected) {
        throw new MalformedException("a pack's row has " + expected + " items, not " + items);
      }
    }
  }
}
