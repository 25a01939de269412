package io.mooring.ledgers.derived;

import io.mooring.platform.LedgerId;
import io.mooring.platform.blob.Blobs;
import io.mooring.platform.commit.Commits;
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

  PackCache cache() {
    return cache;
  }
}
