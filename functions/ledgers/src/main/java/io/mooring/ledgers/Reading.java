package io.mooring.ledgers;

import io.mooring.ledger.Checkpoint;
import io.mooring.ledger.ConsistencyProof;
import io.mooring.ledger.Head;
import io.mooring.ledger.Tree;
import io.mooring.ledger.tlog.LogPath;
import io.mooring.ledger.tlog.ProofFile;
import io.mooring.ledger.tlog.SignedCheckpoint;
import io.mooring.ledger.tlog.TileNodes;
import io.mooring.ledgers.derived.LedgerLog;
import io.mooring.ledgers.derived.LedgerLogs;
import io.mooring.ledgers.derived.Placed;
import io.mooring.platform.commit.Commit;
import io.mooring.platform.commit.Commits;
import io.mooring.platform.problem.RefusedException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a ledger shows to whoever may read it: its head, its entries, its files and its proofs. */
public final class Reading {
  private final Commits commits;
  private final LedgerLogs logs;
  private final LedgerKeys keys;

  public Reading(Commits commits, LedgerLogs logs, LedgerKeys keys) {
    this.commits = commits;
    this.logs = logs;
    this.keys = keys;
  }

  /** The newest head, signed; it covers all that was acknowledged before this was asked. */
  public SignedCheckpoint checkpoint(Ledger ledger) {
    return sign(ledger, commits.tip(ledger.id()).map(Commit::head).orElse(Head.empty()));
  }

  /** As {@link #checkpoint}, but refused while the ledger is smaller than {@code sizeMin}. */
  public SignedCheckpoint checkpoint(Ledger ledger, long sizeMin) {
    SignedCheckpoint newest = checkpoint(ledger);
    if (newest.checkpoint().size() < sizeMin) {
      throw new RefusedException(
          LedgerRefusal.SIZE_NOT_REACHED,
          "the ledger has " + newest.checkpoint().size() + " entries, not " + sizeMin);
    }
    return newest;
  }

  SignedCheckpoint sign(Ledger ledger, Head head) {
    return SignedCheckpoint.sign(
        new Checkpoint(ledger.origin(), head), keys.signer(ledger.origin()));
  }

  public byte[] file(Ledger ledger, LogPath path) {
    if (path instanceof LogPath.OfCheckpoint) {
      return checkpoint(ledger).encoded().getBytes(StandardCharsets.UTF_8);
    }
    return logs.of(ledger.id()).read(path).orElseThrow(() -> noFile(path));
  }

  public Placed entry(Ledger ledger, long index) {
    long size = commits.tip(ledger.id()).map(Commit::end).orElse(0L);
    if (index >= size) {
      throw new RefusedException(
          LedgerRefusal.ENTRY_NOT_FOUND, "the ledger has " + size + " entries");
    }
    LedgerLog log = logs.of(ledger.id());
    log.reach(index + 1);
    return log.entries(index, index + 1, 1).getFirst();
  }

  /** The proof of one entry under the newest head, with the entry itself as its extra data. */
  public ProofFile proof(Ledger ledger, long index) {
    Placed entry = entry(ledger, index);
    SignedCheckpoint newest = checkpoint(ledger);
    Tree tree = tree(ledger, newest.checkpoint().size());
    return new ProofFile(entry.kept().envelope(), tree.inclusion(index), newest);
  }

  /** That the log of size {@code to} only added to the one of size {@code from}. */
  public ConsistencyProof consistency(Ledger ledger, long from, long to) {
    return tree(ledger, to).consistency(from);
  }

  /** Entries of one page: those from {@code from} on that the filter lets through. */
  public Found entries(Ledger ledger, EntryFilter filter, long from, int limit) {
    LedgerLog log = logs.of(ledger.id());
    long size = log.catchUp();
    long since = filter.since().isPresent() ? log.firstAtOrAfter(filter.since().getAsLong()) : 0;
    long until = filter.until().isPresent() ? log.firstAtOrAfter(filter.until().getAsLong()) : size;
    long first = Math.max(Math.max(from, filter.first()), since);
    long end = Math.min(until, filter.end());
    if (filter.subject().isEmpty()) {
      List<Placed> entries = log.entries(first, end, limit);
      return new Found(entries, first + entries.size(), first + entries.size() < end);
    }
    return about(log, filter.subject().get(), first, end, limit);
  }

  private static Found about(LedgerLog log, String subject, long from, long end, int limit) {
    List<Placed> entries = new ArrayList<>();
    long next = from;
    while (true) {
      int wanted = limit + 1 - entries.size();
      List<Long> maybe = log.maybeAbout(subject, next, end, wanted);
      for (long index : maybe) {
        Placed entry = log.entries(index, index + 1, 1).getFirst();
        if (entry.kept().entry().subject().equals(subject)) {
          if (entries.size() == limit) {
            return new Found(entries, index, true);
          }
          entries.add(entry);
        }
        next = index + 1;
      }
      if (maybe.size() < wanted) {
        return new Found(entries, end, false);
      }
    }
  }

  private Tree tree(Ledger ledger, long size) {
    LedgerLog log = logs.of(ledger.id());
    log.reach(size);
    return new Tree(size, new TileNodes(size, log));
  }

  private static RefusedException noFile(LogPath path) {
    return new RefusedException(LedgerRefusal.LOG_FILE_NOT_FOUND, "there is no " + path.text());
  }

  /** Entries in order, the index from which to go on, and whether there may be more. */
  public record Found(List<Placed> entries, long next, boolean more) {
    public Found {
      entries = List.copyOf(entries);
    }

    public Optional<Placed> last() {
      return entries.isEmpty() ? Optional.empty() : Optional.of(entries.getLast());
    }
  }
}
