package io.mooring.ledgers.derived;

import io.mooring.ledger.MalformedException;
import io.mooring.platform.LedgerId;
import io.mooring.platform.blob.Blobs;
import io.mooring.platform.commit.Bookmarks;
import io.mooring.platform.commit.CommitStore;
import io.mooring.platform.commit.CommitStore.Stored;
import io.mooring.platform.commit.TamperedException;
import io.mooring.platform.table.Table;
import java.time.Duration;
import java.time.InstantSource;

/**
 * Reads all that is stored of one ledger, derives again whatever can be derived, and names the
 * place of everything that differs: records, their chain, bills, segments, entries, contents,
 * roots, packs, tiles, state items and the published head. It goes on after what it finds, and
 * changes nothing.
 *
 * <p>A ledger may be too large for one request, so it is done in parts. Between two of them the
 * position is an object named by its hash: whoever goes on names it, and nobody can have bent it.
 */
public final class Scrubber {
  private final CommitStore store;
  private final Blobs blobs;
  private final Bookmarks bookmarks;
  private final Table table;
  private final LedgerLogs logs;
  private final InstantSource clock;

  public Scrubber(
      CommitStore store, Blobs blobs, Table table, LedgerLogs logs, InstantSource clock) {
    this.store = store;
    this.blobs = blobs;
    this.bookmarks = new Bookmarks(blobs);
    this.table = table;
    this.logs = logs;
    this.clock = clock;
  }

  /**
   * Scrubs one part of the ledger, as far as it was committed when the first part began; it may be
   * written to meanwhile. A part ends with the commit during which its time is over.
   *
   * @param from what the part before said is next; empty for the first
   */
  public ScrubReport scrub(LedgerId ledger, String from, Duration atMost) {
    long end = clock.millis() + atMost.toMillis();
    Scrub scrub = new Scrub(ledger, store, blobs, table, position(ledger, from));
    do {
      scrub.step();
    } while (!scrub.isAtEnd() && clock.millis() < end);
    if (scrub.isAtEnd()) {
      scrub.finish();
      return scrub.report("");
    }
    return scrub.report(bookmarks.keep(ledger, scrub.position().toBytes()));
  }

  private ScrubPosition position(LedgerId ledger, String from) {
    if (from.isEmpty()) {
      long tip = store.tip(ledger).map(Stored::number).orElse(0L);
      catchUp(ledger);
      return ScrubPosition.before(tip);
    }
    return ScrubPosition.ofBytes(bookmarks.find(ledger, from));
  }

  /** What was committed a moment ago may not be derived yet, and would be missed. */
  private void catchUp(LedgerId ledger) {
    try {
      logs.of(ledger).catchUp();
    } catch (MalformedException | TamperedException e) {
      // The scrub comes to the same place and tells it, with whatever could not be derived.
      return;
    }
  }
}
