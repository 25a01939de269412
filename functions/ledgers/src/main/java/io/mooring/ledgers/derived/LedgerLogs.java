package io.mooring.ledgers.derived;

import io.mooring.ledger.tlog.LogPath;
import io.mooring.ledger.tlog.LogPath.OfTile;
import io.mooring.platform.LedgerId;
import io.mooring.platform.blob.BlobName;
import io.mooring.platform.blob.Blobs;
import io.mooring.platform.blob.Blobs.Listed;
import io.mooring.platform.commit.Commits;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The logs of the ledgers that this process was last asked about. */
public final class LedgerLogs {
  /** Each holds the end of its log in memory, a quarter of a megabyte. */
  static final long LOGS_MAX = 128;

  private final Commits commits;
  private final Blobs blobs;
  private final PackCache cache;
  private final Recent<LedgerId, LedgerLog> logs = new Recent<>(LOGS_MAX, log -> 1);

  public LedgerLogs(Commits commits, Blobs blobs) {
    this.commits = commits;
    this.blobs = blobs;
    this.cache = new PackCache(commits, blobs);
  }

  public LedgerLog of(LedgerId ledger) {
    return logs.get(ledger, () -> Optional.of(new LedgerLog(ledger, commits, blobs, cache)))
        .orElseThrow();
  }

  /**
   * Deletes packs and tiles that were derived from entries which the ledger does not have, because
   * it was put back to {@code size}.
   */
  public void cutOff(LedgerId ledger, long size) {
    List<Listed> stored = new ArrayList<>();
    String prefix = BlobName.log(ledger, "").value();
    List<Listed> page = blobs.list(prefix, "");
    while (!page.isEmpty()) {
      stored.addAll(page);
      page = blobs.list(prefix, page.getLast().name().value());
    }
    for (Listed each : stored) {
      String path = each.name().value().substring(prefix.length());
      if (leaves(path) > size) {
        blobs.delete(each.name());
      }
    }
    cache.forgetAll();
    of(ledger).readAgain();
  }

  /** How many entries a log has at least that has this file. */
  private static long leaves(String path) {
    if (path.startsWith(PackCache.FOLDER)) {
      long number = Long.parseLong(path.substring(PackCache.FOLDER.length()));
      return Math.multiplyExact(number + 1, Pack.LEAVES);
    }
    return LogPath.parse(path) instanceof OfTile tile ? LedgerLog.leavesOf(tile) : 0;
  }

  PackCache cache() {
    return cache;
  }
}
