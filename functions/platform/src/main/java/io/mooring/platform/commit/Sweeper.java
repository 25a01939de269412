package io.mooring.platform.commit;

import io.mooring.platform.LedgerId;
import io.mooring.platform.blob.BlobName;
import io.mooring.platform.blob.Blobs;
import io.mooring.platform.blob.Blobs.Listed;
import io.mooring.platform.blob.BlobsUnavailableException;
import io.mooring.platform.table.StoreUnavailableException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Deletes the objects that no commit names and none can name any more: segments and contents of
 * writes that were never committed, what has passed through the intake, and where scrubs stopped.
 *
 * <p>A commit names only objects that are younger than {@link Sequencer#WRITE_AGE_MILLIS_MAX}, so
 * an object that has not been named after a day never will be, and whether it was is told by the
 * commits of the time in which it was written. What cannot be read is not judged: then nothing of
 * that ledger is deleted.
 */
public final class Sweeper {
  /** How old an object is before it is looked at: a hundred times the age in which it is named. */
  public static final Duration AGE_MIN = Duration.ofHours(24);

  /** How far the clocks of writers and of the object store may be apart, with much to spare. */
  static final Duration MARGIN = Duration.ofHours(1);

  /** How many objects one sweep of a ledger judges; the next one goes on. */
  static final int OBJECTS_MAX = 100_000;

  private static final System.Logger LOG = System.getLogger(Sweeper.class.getName());

  private final Blobs blobs;
  private final Commits commits;
  private final InstantSource clock;

  public Sweeper(CommitStore store, Blobs blobs, InstantSource clock) {
    this.blobs = blobs;
    this.commits = new Commits(store, blobs);
    this.clock = clock;
  }

  /** How many objects were judged, how many of them deleted, and how many ledgers could not be. */
  public record Swept(long judged, long deleted, long unreadable) {
    Swept plus(Swept more) {
      return new Swept(judged + more.judged, deleted + more.deleted, unreadable + more.unreadable);
    }
  }

  /** Sweeps every ledger that has an object. */
  public Swept sweepAll() {
    Swept all = new Swept(0, 0, 0);
    List<Listed> next = blobs.list("", "");
    while (!next.isEmpty()) {
      BlobName name = next.getFirst().name();
      all = all.plus(name.ledger().map(this::sweepOrTell).orElse(new Swept(0, 0, 0)));
      next = blobs.list("", name.afterItsFolder());
    }
    return all;
  }

  private Swept sweepOrTell(LedgerId ledger) {
    try {
      return sweep(ledger);
    } catch (StoreUnavailableException
        | BlobsUnavailableException
        | DateTimeException
        | IllegalArgumentException e) {
      LOG.log(System.Logger.Level.WARNING, "ledger " + ledger.value() + " was not swept", e);
      return new Swept(0, 0, 1);
    } catch (TamperedException e) {
      LOG.log(System.Logger.Level.ERROR, "ledger " + ledger.value() + " was not swept", e);
      return new Swept(0, 0, 1);
    }
  }

  /** Sweeps what was written to the ledger's objects since the last sweep, up to a day ago. */
  public Swept sweep(LedgerId ledger) {
    Instant until = clock.instant().minus(AGE_MIN);
    Instant since = swept(ledger).minus(MARGIN);
    List<Listed> segments = written(BlobName.segments(ledger), since, until);
    List<Listed> contents = written(BlobName.contents(ledger), since, until);
    List<Listed> named = new ArrayList<>(segments);
    named.addAll(contents);
    List<Listed> unnamed = new ArrayList<>(written(BlobName.intakes(ledger), Instant.MIN, until));
    unnamed.addAll(written(BlobName.scrubs(ledger), Instant.MIN, until));
    int judged = named.size() + unnamed.size();

    if (!named.isEmpty()) {
      Set<BlobName> kept = named(ledger, named, !contents.isEmpty());
      named.stream().filter(object -> !kept.contains(object.name())).forEach(unnamed::add);
    }
    unnamed.forEach(object -> blobs.delete(object.name()));
    if (segments.size() < OBJECTS_MAX && contents.size() < OBJECTS_MAX) {
      byte[] text = until.toString().getBytes(StandardCharsets.UTF_8);
      blobs.replace(BlobName.swept(ledger), text);
    }
    return new Swept(judged, unnamed.size(), 0);
  }

  /** Up to when the ledger was swept; from the beginning on where that is not known. */
  private Instant swept(LedgerId ledger) {
    return blobs
        .get(BlobName.swept(ledger))
        .map(text -> Instant.parse(new String(text, StandardCharsets.UTF_8)))
        .orElse(Instant.EPOCH);
  }

  private List<Listed> written(String prefix, Instant since, Instant until) {
    List<Listed> written = new ArrayList<>();
    List<Listed> page = blobs.list(prefix, "");
    while (!page.isEmpty() && written.size() < OBJECTS_MAX) {
      page.stream()
          .filter(object -> object.written().isBefore(until) && !object.written().isBefore(since))
          .limit(OBJECTS_MAX - written.size())
          .forEach(written::add);
      page = blobs.list(prefix, page.getLast().name().value());
    }
    return written;
  }

  /** What the commits name of the time in which these objects were written. */
  private Set<BlobName> named(LedgerId ledger, List<Listed> objects, boolean withContents) {
    Instant first = objects.stream().map(Listed::written).min(Instant::compareTo).orElseThrow();
    Instant last = objects.stream().map(Listed::written).max(Instant::compareTo).orElseThrow();
    long from = first.minus(MARGIN).toEpochMilli();
    long to = last.plusMillis(Sequencer.WRITE_AGE_MILLIS_MAX).plus(MARGIN).toEpochMilli();
    long tip = commits.tip(ledger).map(Commit::number).orElse(0L);
    Set<BlobName> named = new HashSet<>();
    for (long next = firstSince(ledger, from, tip); next <= tip; ) {
      List<Commit> page = commits.range(ledger, next, CommitStore.RANGE_MAX);
      if (page.isEmpty()) {
        throw new TamperedException("commit " + next + " of " + ledger.value() + " is gone");
      }
      for (Commit commit : page) {
        if (commit.timeMillis() > to) {
          return named;
        }
        names(ledger, commit, withContents, named);
      }
      next = page.getLast().number() + 1;
    }
    return named;
  }

  /** The first commit at or after a time, or the one after the last. */
  private long firstSince(LedgerId ledger, long millis, long tip) {
    long low = 1;
    long high = tip + 1;
    while (low < high) {
      long middle = low + (high - low) / 2;
      if (commits.required(ledger, middle).timeMillis() < millis) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private void names(LedgerId ledger, Commit commit, boolean withContents, Set<BlobName> named) {
    if (commit.carriage() instanceof Carriage.Segment segment) {
      named.add(BlobName.segment(ledger, segment.sha256()));
    }
    if (withContents) {
      for (KeptEntry entry : commits.body(ledger, commit).entries()) {
        if (entry.about() instanceof KeptEntry.Apart apart) {
          named.add(BlobName.content(ledger, apart.sha256()));
        }
      }
    }
  }
}
