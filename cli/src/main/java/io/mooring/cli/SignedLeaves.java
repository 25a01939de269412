package io.mooring.cli;

import io.mooring.ledger.Entry;
import io.mooring.ledger.Hash;
import io.mooring.ledger.HashRow;
import io.mooring.ledger.Head;
import io.mooring.ledger.MalformedException;
import io.mooring.ledger.Nodes;
import io.mooring.ledger.Tree;
import io.mooring.ledger.note.VerifierKey;
import io.mooring.ledger.tlog.EntryBundle;
import io.mooring.ledger.tlog.LogFiles;
import io.mooring.ledger.tlog.LogPath;
import io.mooring.ledger.tlog.LogPath.OfBundle;
import io.mooring.ledger.tlog.MissingFileException;
import io.mooring.ledger.tlog.Policy;
import io.mooring.ledger.tlog.SignedCheckpoint;
import io.mooring.ledger.tlog.TileNodes;
import io.mooring.ledger.tlog.Tiling;
import java.util.List;
import java.util.Map;

/**
 * Leaves of one log, read bundle by bundle from its static files. Each bundle is shown to stand
 * under the signed head before its leaves are handed over. Not thread-safe.
 */
final class SignedLeaves {
  private final LogFiles files;
  private final Head head;
  private final Tiling tiling;
  private final TileNodes tiles;

  SignedLeaves(LogFiles files, Head head) {
    this.files = files;
    this.head = head;
    this.tiling = new Tiling(head.size());
    this.tiles = new TileNodes(head.size(), files);
  }

  /** Takes successive leaves, of which the first has this index. */
  interface Visitor {
    void visit(long first, List<Entry> leaves);
  }

  /**
   * The leaves of one of a tenant's ledgers, under its newest head.
   *
   * @param facts what the journal says of it, with its origin and the key of its heads
   * @throws MalformedException if that key has not signed the head
   */
  static SignedLeaves of(Web web, Server server, String ledger, Map<String, Object> facts) {
    SignedCheckpoint signed;
    VerifierKey key;
    try {
      signed = SignedCheckpoint.parse(server.checkpoint(web, ledger));
      key = VerifierKey.parse(Json.text(facts, "verifierKey"));
    } catch (MalformedException e) {
      throw new MalformedException("its checkpoint or key is none: " + e.getMessage(), e);
    }
    if (!Policy.of(Json.text(facts, "origin"), List.of(key)).check(signed).verified()) {
      throw new MalformedException(
          "its checkpoint is not signed by the key that the journal names");
    }
    return new SignedLeaves(server.log(web, ledger), signed.checkpoint().head());
  }

  /**
   * Hands over the leaves from one index to before another.
   *
   * @throws MalformedException if there are fewer, or they are not under the signed head
   */
  void visit(long from, long end, Visitor visitor) {
    if (end > head.size()) {
      throw new MalformedException(
          "it has " + Words.count(head.size(), "entry", "entries") + " only");
    }
    for (long first = from; first < end; ) {
      OfBundle bundle = tiling.bundleOf(first);
      long begins = bundle.index() * LogPath.FULL_WIDTH;
      long ends = Math.min(end, begins + bundle.width());
      List<byte[]> wanted = proven(bundle).subList((int) (first - begins), (int) (ends - begins));
      visitor.visit(first, wanted.stream().map(Entry::ofBytes).toList());
      first = ends;
    }
  }

  /** All leaves of a bundle: a proof for the first one contains the hashes of all others. */
  private List<byte[]> proven(OfBundle bundle) {
    byte[] bytes = files.entries(bundle).orElseThrow(() -> new MissingFileException(bundle));
    List<byte[]> leaves = EntryBundle.decode(bytes, bundle.width());
    byte[] row = new byte[leaves.size() * Hash.BYTES];
    for (int i = 0; i < leaves.size(); i++) {
      HashRow.putLeaf(row, i, leaves.get(i), 0, leaves.get(i).length);
    }
    long begins = bundle.index() * LogPath.FULL_WIDTH;
    Nodes nodes =
        (level, index) -> {
          long first = (index << level) - begins;
          boolean own = level <= LogPath.LEVELS_PER_TILE && first >= 0;
          return own && first + (1L << level) <= bundle.width()
              ? HashRow.subtree(row, (int) first, 1 << level)
              : tiles.node(level, index);
        };
    if (!new Tree(head.size(), nodes)
        .inclusion(begins)
        .check(HashRow.get(row, 0), head)
        .verified()) {
      throw new MalformedException(
          "its entries from " + begins + " on do not hash to the signed root");
    }
    return leaves;
  }
}
