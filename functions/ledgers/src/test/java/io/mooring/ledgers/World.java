package io.mooring.ledgers;

import io.mooring.ledgers.derived.Damage;
import io.mooring.ledgers.derived.LedgerLogs;
import io.mooring.ledgers.derived.LogDerivation;
import io.mooring.ledgers.derived.Rebuilder;
import io.mooring.ledgers.derived.ScrubReport;
import io.mooring.ledgers.derived.Scrubber;
import io.mooring.platform.Ids;
import io.mooring.platform.LedgerId;
import io.mooring.platform.TenantId;
import io.mooring.platform.blob.InMemoryBlobs;
import io.mooring.platform.commit.CommitStore;
import io.mooring.platform.commit.Commits;
import io.mooring.platform.commit.Content;
import io.mooring.platform.commit.GroupCommitter;
import io.mooring.platform.commit.InMemoryStore;
import io.mooring.platform.commit.KeyRebuild;
import io.mooring.platform.commit.NewEntry;
import io.mooring.platform.commit.PublishedHeads;
import io.mooring.platform.commit.Receipt;
import io.mooring.platform.commit.Repetition;
import io.mooring.platform.commit.Rules;
import io.mooring.platform.commit.Stores;
import io.mooring.platform.commit.ThreadPace;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/** The whole capability on stores in memory, with the real committer, and a tenant to try it. */
public final class World {
  public static final TenantId ACME = new TenantId("ten_acme");

  public final InMemoryStore store = new InMemoryStore();
  public final InMemoryBlobs blobs = new InMemoryBlobs();
  public final LedgerRegister register;
  public final Appends appends;
  public final Reading reading;
  public final LedgerLogs logs;
  public final Contents contents;
  public final Erasures erasures;
  public final Rebuilder rebuilder;

  /** Ahead of the clock on the wall, for whatever asks how old something is. */
  public Duration ahead = Duration.ZERO;

  public World() {
    var random = new SecureRandom();
    InstantSource clock = () -> Instant.now().plus(ahead);
    LedgerKeys keys = new DerivedLedgerKeys(new byte[32]);
    this.logs = new LedgerLogs(new Commits(store, blobs), blobs);
    GroupCommitter committer =
        GroupCommitter.racing(
            new Stores(store, blobs, store, List.of(new LogDerivation(logs))),
            Rules.standard(),
            new ThreadPace(Clock.systemUTC(), Executors.newVirtualThreadPerTaskExecutor()),
            random);
    this.register =
        new LedgerRegister(
            committer,
            store,
            keys,
            "log.example",
            Clock.systemUTC(),
            new Ids(Clock.systemUTC(), random));
    this.reading = new Reading(new Commits(store, blobs), logs, keys);
    this.contents = new Contents(new Commits(store, blobs), blobs, store);
    this.appends =
        new Appends(committer, register, new Uploads(blobs, new NoAddresses()), reading, contents);
    this.erasures = new Erasures(committer, register, reading, contents, blobs, clock);
    KeyRebuild keyRebuild = new KeyRebuild(store, clock);
    this.rebuilder = new Rebuilder(new Commits(store, blobs), blobs, keyRebuild, logs, clock);
  }

  public Ledger make(String name) {
    return make(name, 0);
  }

  public Ledger make(String name, int retentionDays) {
    return register.create(
        ACME,
        "key_1",
        new NewLedger(new LedgerName(name), Kind.LOG, Readers.PRIVATE, retentionDays),
        new Repetition.Free());
  }

  /** Appends {@code count} entries in one write; every seventh is about the same subject. */
  public Receipt append(Ledger ledger, int count) {
    List<NewEntry> entries =
        IntStream.range(0, count)
            .mapToObj(i -> NewEntry.of("t", "s" + i % 7, Content.json("{\"i\":" + i + "}")))
            .toList();
    return appends.append(ledger, "key_1", entries, new Repetition.Free()).receipt();
  }

  /** Waits until all that is derived beside the commits is there, the published head too. */
  public void awaitPublished(Ledger ledger) {
    long tip = store.tip(ledger.id()).orElseThrow().number();
    for (int tries = 0; tries < 1_000; tries++) {
      if (new PublishedHeads(blobs)
          .last(ledger.id())
          .filter(head -> head.commit() == tip)
          .isPresent()) {
        return;
      }
      LockSupport.parkNanos(10_000_000);
    }
    throw new AssertionError("commit " + tip + " was not published");
  }

  /** A scrubber over another look at the commits. */
  public Scrubber scrubber(CommitStore commits, InstantSource clock) {
    LedgerLogs logs = new LedgerLogs(new Commits(commits, blobs), blobs);
    return new Scrubber(commits, blobs, store, logs, clock);
  }

  /** All parts of a scrub in one report, each by a process of its own. */
  public ScrubReport scrub(CommitStore commits, LedgerId ledger, Duration part) {
    List<Damage> damages = new ArrayList<>();
    String next = "";
    ScrubReport last;
    do {
      last = scrubber(commits, InstantSource.system()).scrub(ledger, next, part);
      damages.addAll(last.damages());
      next = last.next();
    } while (!next.isEmpty());
    return new ScrubReport(
        last.commits(),
        last.ofCommits(),
        last.entries(),
        last.objects(),
        last.damaged(),
        damages,
        next);
  }

  /** Makes everything again that is derived, in the smallest parts; how many objects that were. */
  public long rebuild(LedgerId ledger) {
    long objects = 0;
    long next = 0;
    do {
      Rebuilder.Rebuilt rebuilt = rebuilder.rebuild(ledger, next, Duration.ZERO);
      objects += rebuilt.objects();
      next = rebuilt.next();
    } while (next > 0);
    return objects;
  }
}
