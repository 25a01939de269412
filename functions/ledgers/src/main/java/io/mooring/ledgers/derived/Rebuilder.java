package io.mooring.ledgers.derived;

import io.mooring.ledger.tlog.LogPath.OfTile;
import io.mooring.platform.LedgerId;
import io.mooring.platform.blob.BlobName;
import io.mooring.platform.blob.Blobs;
import io.mooring.platform.commit.CarriedCommit;
import io.mooring.platform.commit.Commit;
import io.mooring.platform.commit.CommitStore;
import io.mooring.platform.commit.Commits;
import io.mooring.platform.commit.KeyRebuild;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/**
 * Makes again what is derived from a ledger's commits, in the place of what is stored: packs,
 * tiles, and the index of idempotency keys. Byte for byte what it was; readers and writers need not
 * wait. As with a {@link Scrubber}, a large ledger is done in parts.
 */
public final class Rebuilder {
  private final Commits commits;
  private final Blobs blobs;
  private final KeyRebuild keys;
  private final LedgerLogs logs;
  private final InstantSource clock;

  public Rebuilder(
      Commits commits, Blobs blobs, KeyRebuild keys, LedgerLogs logs, InstantSource clock) {
    this.commits = commits;
    this.blobs = blobs;
    this.keys = keys;
    this.logs = logs;
    this.clock = clock;
  }

  /**
   * What one part made.
   *
   * @param objects how many packs and tiles this part made
   * @param entries how many entries are behind us
   * @param next the pack to go on with; 0 at the end
   */
  public record Rebuilt(long objects, long entries, long ofEntries, long next) {}

  /** Goes on with a pack, 0 for the first part, and ends with the pack at which time is over. */
  public Rebuilt rebuild(LedgerId ledger, long from, Duration atMost) {
    long end = clock.millis() + atMost.toMillis();
    Replacing replacing = new Replacing(ledger);
    Tail tail =
        from == 0 ? Tail.ofEmpty(replacing) : Tail.after(logs.of(ledger).pack(from - 1), replacing);
    long size = commits.tip(ledger).map(Commit::end).orElse(0L);
    long next = tail.nextCommit();
    List<Commit> page = commits.range(ledger, next, CommitStore.RANGE_MAX);
    while (!page.isEmpty()) {
      for (Commit commit : page) {
        CarriedCommit carried = new CarriedCommit(commit, commits.body(ledger, commit));
        LedgerLog.add(tail, carried);
        keys.take(ledger, List.of(carried));
        if (tail.packs() > from && clock.millis() >= end) {
          return new Rebuilt(replacing.objects, tail.size(), size, tail.packs());
        }
      }
      next = page.getLast().number() + 1;
      page = commits.range(ledger, next, CommitStore.RANGE_MAX);
    }
    logs.of(ledger).readAgain();
    return new Rebuilt(replacing.objects, tail.size(), size, 0);
  }

  private final class Replacing implements Tail.Sink {
    private final LedgerId ledger;
    private long objects;

    Replacing(LedgerId ledger) {
      this.ledger = ledger;
    }

    @Override
    public void pack(Pack pack) {
      logs.cache().forget(ledger, pack.number());
      logs.cache().keep(ledger, pack);
      objects++;
    }

    @Override
    public void tile(OfTile tile, byte[] hashes) {
      blobs.replace(BlobName.log(ledger, tile.text()), hashes);
      objects++;
    }
  }
}
