package io.mooring.ledgers.derived;

import io.mooring.ledger.Frontier;
import io.mooring.ledger.Hash;
import io.mooring.ledger.MalformedException;
import io.mooring.ledgers.Contents;
import io.mooring.platform.LedgerId;
import io.mooring.platform.blob.Blobs;
import io.mooring.platform.commit.Bill;
import io.mooring.platform.commit.Body;
import io.mooring.platform.commit.Carriage;
import io.mooring.platform.commit.Commit;
import io.mooring.platform.commit.CommitStore;
import io.mooring.platform.commit.CommitStore.Stored;
import io.mooring.platform.commit.Commits;
import io.mooring.platform.commit.ItemCheck;
import io.mooring.platform.commit.Manifest;
import io.mooring.platform.commit.PublishedHeads;
import io.mooring.platform.commit.TamperedException;
import io.mooring.platform.table.Table;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** One part of a scrub of one ledger: a walk from commit to commit. Not thread-safe. */
final class Scrub {
  private final LedgerId ledger;
  private final CommitStore store;
  private final Blobs blobs;
  private final Commits commits;
  private final ContentCheck contents;
  private final ItemCheck items;
  private final DerivedCheck derived;
  private final List<Damage> damages = new ArrayList<>();
  private final Deque<Stored> ahead = new ArrayDeque<>();

  private final long tip;
  private long number;
  private Frontier frontier;
  private Hash previous;
  private long timeMillis;
  private Bill bill;
  private long objects;
  private long damaged;

  Scrub(LedgerId ledger, CommitStore store, Blobs blobs, Table table, ScrubPosition from) {
    this.ledger = ledger;
    this.store = store;
    this.blobs = blobs;
    this.commits = new Commits(store, blobs);
    this.contents = new ContentCheck(ledger, blobs, new Contents(commits, blobs, table));
    this.items = ItemCheck.resumed(table, from.items());
    this.tip = from.tip();
    this.number = from.number();
    this.frontier = from.frontier();
    this.previous = from.previous();
    this.timeMillis = from.timeMillis();
    this.bill = from.bill();
    this.objects = from.objects();
    this.damaged = from.damages();
    this.derived = new DerivedCheck(ledger, blobs, from.pack(), this::damaged);
    derived.resume(store, commits, number);
  }

  boolean isAtEnd() {
    return number >= tip;
  }

  /** Looks at the next commit, or names those that should stand before it. */
  void step() {
    if (isAtEnd()) {
      return;
    }
    if (ahead.isEmpty()) {
      ahead.addAll(store.range(ledger, number + 1, CommitStore.RANGE_MAX));
    }
    Stored next = ahead.poll();
    if (next == null || next.number() > tip) {
      gone(tip);
      return;
    }
    gone(next.number() - 1);
    number = next.number();
    record(next);
  }

  /** Names the records that should stand between the last one looked at and that one. */
  private void gone(long last) {
    while (number < last) {
      number++;
      damaged("commit " + number, "the record is gone");
    }
  }

  /** What can only be judged when every commit was read. */
  void finish() {
    // A commit that came meanwhile may have changed an item: then the next scrub judges it.
    if (store.tip(ledger).map(Stored::number).orElse(0L) <= tip) {
      items.unsettled(
          (key, last) ->
              damaged(
                  "item " + key.partition() + " " + key.sort(),
                  "it is not what commit " + last + " wrote"));
    }
    publishedHead();
  }

  ScrubReport report(String next) {
    return new ScrubReport(
        number, tip, frontier.size(), objects + derived.objects(), damaged, damages, next);
  }

  ScrubPosition position() {
    return new ScrubPosition(
        tip,
        number,
        frontier,
        previous,
        timeMillis,
        bill,
        objects + derived.objects(),
        damaged,
        derived.lastPack(),
        items.toBytes());
  }

  private void record(Stored stored) {
    Commit commit;
    try {
      commit = stored.commit();
    } catch (MalformedException | TamperedException e) {
      damaged("commit " + number, "the record cannot be read: " + e.getMessage());
      previous = Hash.ofBytes(stored.bytes());
      return;
    }
    String place = "commit " + number;
    check(commit.previous().equals(previous), place, "it does not follow the record before it");
    check(
        commit.start() == frontier.size(),
        place,
        "it begins at %d where the ledger has %d entries"
            .formatted(commit.start(), frontier.size()));
    check(commit.timeMillis() > timeMillis, place, "it is not later than the one before");
    carried(commit);
    previous = Hash.ofBytes(stored.bytes());
    frontier = commit.frontier();
    timeMillis = commit.timeMillis();
    bill = commit.bill();
  }

  private void carried(Commit commit) {
    Body body;
    try {
      body = commits.body(ledger, commit);
    } catch (MalformedException | TamperedException e) {
      damaged(place(commit), "it cannot be read: " + e.getMessage());
      return;
    }
    objects += commit.carriage() instanceof Carriage.Segment ? 1 : 0;
    manifest(commit, body.manifest());
    commit
        .bill()
        .wrongAfter(bill, number, body.manifest().attempts())
        .ifPresent(wrong -> damaged("bill of commit " + number, wrong));
    List<Hash> leaves = new ArrayList<>(body.entries().size());
    for (int i = 0; i < body.entries().size(); i++) {
      Placed entry =
          new Placed(commit.start() + i, number, commit.timeMillis(), body.entries().get(i));
      leaves.add(entry.kept().leaf());
      if (!leaves.getLast().equals(body.manifest().leaves().get(i))) {
        damaged("entry " + entry.index(), "it does not hash to its leaf");
      }
      content(entry);
    }
    if (commit.start() == frontier.size()) {
      check(
          frontier.appendAll(leaves).equals(commit.frontier()),
          "root of commit " + number,
          "it is not what the leaves make of the tree before");
    }
    derived.take(commit, body);
    body.effects().forEach(effect -> items.take(effect, number));
  }

  private static String place(Commit commit) {
    return commit.carriage() instanceof Carriage.Segment segment
        ? "segment " + segment.sha256() + " of commit " + commit.number()
        : "body of commit " + commit.number();
  }

  private void manifest(Commit commit, Manifest manifest) {
    // A body that stands in the record has no copy of its manifest beside it.
    check(
        commit.carriage() instanceof Carriage.Inline
            || commits.manifest(ledger, commit).equals(manifest),
        "manifest of commit " + number,
        "the record's copy is not the segment's");
  }

  private void content(Placed entry) {
    Optional<String> wrong;
    try {
      wrong = contents.check(entry.index(), entry.kept());
    } catch (MalformedException | TamperedException e) {
      wrong = Optional.of("it cannot be read: " + e.getMessage());
    }
    wrong.ifPresent(what -> damaged("content of entry " + entry.index(), what));
  }

  private void publishedHead() {
    try {
      new PublishedHeads(blobs).last(ledger).ifPresent(this::published);
    } catch (MalformedException | TamperedException | NumberFormatException e) {
      damaged("published head", "it cannot be read: " + e.getMessage());
    }
  }

  private void published(PublishedHeads.Published head) {
    Optional<Commit> commit = store.read(ledger, head.commit()).flatMap(Scrub::readable);
    boolean same =
        commit.isPresent()
            && commit.get().end() == head.size()
            && commit.get().frontier().root().equals(head.root());
    check(same, "published head", "commit " + head.commit() + " is not what was published of it");
  }

  private static Optional<Commit> readable(Stored stored) {
    try {
      return Optional.of(stored.commit());
    } catch (MalformedException | TamperedException e) {
      return Optional.empty(); // told already, where the record was read
    }
  }

  private void check(boolean good, String place, String what) {
    if (!good) {
      damaged(place, what);
    }
  }

  private void damaged(String place, String what) {
    damaged++;
    if (damages.size() < ScrubReport.DAMAGES_MAX) {
      damages.add(new Damage(place, what));
    }
  }
}
