package io.mooring.ledgers.derived;

import io.mooring.ledger.Frontier;
import io.mooring.ledger.Hash;
import io.mooring.ledger.MalformedException;
import io.mooring.ledger.tlog.LogPath.OfTile;
import io.mooring.ledgers.Contents;
import io.mooring.platform.LedgerId;
import io.mooring.platform.blob.BlobName;
import io.mooring.platform.blob.Blobs;
import io.mooring.platform.commit.Body;
import io.mooring.platform.commit.Carriage;
import io.mooring.platform.commit.Commit;
import io.mooring.platform.commit.CommitStore;
import io.mooring.platform.commit.CommitStore.Stored;
import io.mooring.platform.commit.Commits;
import io.mooring.platform.commit.Effect;
import io.mooring.platform.commit.Manifest;
import io.mooring.platform.commit.PublishedHeads;
import io.mooring.platform.commit.TamperedException;
import io.mooring.platform.table.Item;
import io.mooring.platform.table.Key;
import io.mooring.platform.table.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads all that is stored of one ledger, derives again whatever can be derived, and names the
 * place of everything that differs: records, their chain, segments, entries, contents, roots,
 * packs, tiles, state items and the published head. It goes on after what it finds, and changes
 * nothing.
 */
public final class Scrubber {
  private final CommitStore store;
  private final Blobs blobs;
  private final Table table;
  private final LedgerLogs logs;
  private final Commits commits;

  public Scrubber(CommitStore store, Blobs blobs, Table table, LedgerLogs logs) {
    this.store = store;
    this.blobs = blobs;
    this.table = table;
    this.logs = logs;
    this.commits = new Commits(store, blobs);
  }

  /** Scrubs the ledger as far as it is committed now; it may be written to meanwhile. */
  public ScrubReport scrub(LedgerId ledger) {
    long tip = tip(ledger);
    catchUp(ledger);
    return new Round(ledger, tip).run();
  }

  /** What was committed a moment ago may not be derived yet, and would be missed. */
  private void catchUp(LedgerId ledger) {
    try {
      logs.of(ledger).catchUp();
    } catch (MalformedException | TamperedException e) {
      // The round comes to the same place and tells it, with whatever could not be derived.
      return;
    }
  }

  private long tip(LedgerId ledger) {
    return store.tip(ledger).map(Stored::number).orElse(0L);
  }

  /** One scrub of one ledger. */
  private final class Round implements Tail.Sink {
    private final LedgerId ledger;
    private final long tip;
    private final ContentCheck contentCheck;
    private final List<Damage> damages = new ArrayList<>();
    private final Map<Key, Effect> effects = new HashMap<>();
    private final Map<Key, Long> versions = new HashMap<>();
    private final Tail tail = Tail.ofEmpty(this);

    private long number;
    private long size;
    private long objects;
    private long timeMillis;
    private Hash previous = Commit.NO_PREVIOUS;
    private Frontier frontier = Frontier.empty();

    Round(LedgerId ledger, long tip) {
      this.ledger = ledger;
      this.tip = tip;
      this.contentCheck = new ContentCheck(ledger, blobs, new Contents(commits, blobs, table));
    }

    ScrubReport run() {
      while (number < tip) {
        List<Stored> page = store.range(ledger, number + 1, CommitStore.RANGE_MAX);
        for (Stored stored : page) {
          if (stored.number() <= tip) {
            gap(stored.number());
            record(stored);
          }
        }
        if (page.isEmpty() || page.getLast().number() > tip) {
          gap(tip + 1);
        }
      }
      effects.forEach(this::item);
      publishedHead();
      return new ScrubReport(number, size, objects, damages);
    }

    /** Names the records that should stand between the last one read and this one. */
    private void gap(long next) {
      for (long gone = number + 1; gone < next; gone++) {
        damaged("commit " + gone, "the record is gone");
      }
      number = next - 1;
    }

    private void record(Stored stored) {
      number = stored.number();
      Commit commit;
      try {
        commit = stored.commit();
      } catch (MalformedException | TamperedException e) {
        damaged("commit " + number, "the record cannot be read: " + e.getMessage());
        previous = Hash.ofBytes(stored.bytes());
        return;
      }
      check(
          commit.previous().equals(previous),
          "commit " + number,
          "it does not follow the record before it");
      check(
          commit.start() == size,
          "commit " + number,
          "it begins at " + commit.start() + " where the ledger has " + size + " entries");
      check(
          commit.timeMillis() > timeMillis,
          "commit " + number,
          "it is not later than the one before");
      carried(commit);
      previous = Hash.ofBytes(stored.bytes());
      frontier = commit.frontier();
      size = commit.end();
      timeMillis = commit.timeMillis();
    }

    private void carried(Commit commit) {
      String place =
          commit.carriage() instanceof Carriage.Segment segment
              ? "segment " + segment.sha256() + " of commit " + number
              : "body of commit " + number;
      Body body;
      try {
        body = commits.body(ledger, commit);
      } catch (MalformedException | TamperedException e) {
        damaged(place, "it cannot be read: " + e.getMessage());
        return;
      }
      objects += commit.carriage() instanceof Carriage.Segment ? 1 : 0;
      manifest(commit, body.manifest());
      List<Hash> leaves = new ArrayList<>(body.entries().size());
      long[] subjects = new long[body.entries().size()];
      for (int i = 0; i < subjects.length; i++) {
        Placed entry =
            new Placed(commit.start() + i, number, commit.timeMillis(), body.entries().get(i));
        leaves.add(entry.kept().leaf());
        check(
            leaves.getLast().equals(body.manifest().leaves().get(i)),
            "entry " + entry.index(),
            "it does not hash to its leaf");
        content(entry);
        subjects[i] = subjectKey(entry);
      }
      if (commit.start() == size) {
        check(
            frontier.appendAll(leaves).equals(commit.frontier()),
            "root of commit " + number,
            "it is not what the leaves make of the tree before");
      }
      if (commit.start() <= tail.size()) {
        tail.add(new Link(number, commit.start(), commit.timeMillis()), leaves, subjects);
      }
      body.effects().forEach(this::effect);
    }

    private void manifest(Commit commit, Manifest manifest) {
      check(
          commits.manifest(ledger, commit).equals(manifest),
          "manifest of commit " + number,
          "the record's copy is not the segment's");
    }

    private void content(Placed entry) {
      String place = "content of entry " + entry.index();
      try {
        contentCheck.check(entry.index(), entry.kept()).ifPresent(what -> damaged(place, what));
      } catch (MalformedException | TamperedException e) {
        damaged(place, "it cannot be read: " + e.getMessage());
      }
    }

    private static long subjectKey(Placed entry) {
      try {
        return Subjects.key(Envelopes.subject(entry.kept().envelope()));
      } catch (MalformedException e) {
        return 0; // told already, where its content was compared
      }
    }

    private void effect(Effect effect) {
      if (!(effect instanceof Effect.Check)) {
        effects.put(effect.key(), effect);
        versions.put(effect.key(), number);
      }
    }

    private void item(Key key, Effect last) {
      Item now = table.get(key);
      Item expected =
          switch (last) {
            case Effect.Put put -> new Item(key, versions.getOrDefault(key, number), put.body());
            case Effect.Delete delete -> Item.absent(key);
            case Effect.Check check -> now;
          };
      // A commit that came meanwhile may have changed it: then the next scrub judges it.
      check(
          now.equals(expected) || tip(ledger) > tip,
          "item " + key.partition() + " " + key.sort(),
          "it is not what commit " + versions.get(key) + " wrote");
    }

    private void publishedHead() {
      try {
        new PublishedHeads(blobs).last(ledger).ifPresent(this::published);
      } catch (MalformedException | TamperedException | NumberFormatException e) {
        damaged("published head", "it cannot be read: " + e.getMessage());
      }
    }

    private void published(PublishedHeads.Published head) {
      Optional<Commit> commit = store.read(ledger, head.commit()).flatMap(Round::readable);
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

    @Override
    public void pack(Pack pack) {
      derived(PackCache.name(ledger, pack.number()), "pack " + pack.number(), pack.toBytes());
    }

    @Override
    public void tile(OfTile tile, byte[] hashes) {
      derived(BlobName.log(ledger, tile.text()), tile.text(), hashes);
    }

    private void derived(BlobName name, String place, byte[] expected) {
      objects++;
      Optional<byte[]> stored = blobs.get(name);
      if (stored.isEmpty()) {
        damaged(place, "it is not there; a rebuild makes it again");
      } else {
        check(
            Arrays.equals(stored.get(), expected),
            place,
            "it is not what the commits make of it; a rebuild makes it again");
      }
    }

    private void check(boolean good, String place, String what) {
      if (!good) {
        damaged(place, what);
      }
    }

    private void damaged(String place, String what) {
      if (damages.size() < ScrubReport.DAMAGES_MAX) {
        damages.add(new Damage(place, what));
      }
    }
  }
}
