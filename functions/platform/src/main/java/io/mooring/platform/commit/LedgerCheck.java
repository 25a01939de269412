package io.mooring.platform.commit;

import io.mooring.ledger.Frontier;
import io.mooring.ledger.Growth;
import io.mooring.ledger.Hash;
import io.mooring.ledger.MalformedException;
import io.mooring.ledger.Payload;
import io.mooring.ledger.Salt;
import io.mooring.platform.LedgerId;
import io.mooring.platform.blob.BlobName;
import io.mooring.platform.blob.Blobs;
import io.mooring.platform.commit.CommitStore.Stored;
import io.mooring.platform.table.Item;
import io.mooring.platform.table.Key;
import io.mooring.platform.table.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads one ledger from its first commit to its last and checks everything that must hold: the
 * chain, the tree, the segments, the leaves, that no attempt and no key was committed twice, and
 * that the table says what the effects made it.
 */
public final class LedgerCheck {
  private final CommitStore store;
  private final Blobs blobs;
  private final Commits commits;

  public LedgerCheck(CommitStore store, Blobs blobs) {
    this.store = store;
    this.blobs = blobs;
    this.commits = new Commits(store, blobs);
  }

  /** What was found: how far the ledger goes, what it carries, and every place that is damaged. */
  public record Report(
      long commits,
      long entries,
      Map<AttemptId, Place> attempts,
      Map<Key, Item> items,
      List<String> damage) {
    public Report {
      attempts = Map.copyOf(attempts);
      items = Map.copyOf(items);
      damage = List.copyOf(damage);
    }
  }

  /** Where an attempt landed. */
  public record Place(long commit, long firstIndex, List<Hash> leaves) {
    public Place {
      leaves = List.copyOf(leaves);
    }
  }

  public Report check(LedgerId ledger) {
    Walk walk = new Walk(ledger);
    List<Stored> page;
    do {
      page = store.range(ledger, walk.number + 1, CommitStore.RANGE_MAX);
      page.forEach(walk::take);
    } while (!page.isEmpty());
    return walk.report();
  }

  /** Checks the ledger, and that its items stand in the table exactly as its effects made them. */
  public Report check(LedgerId ledger, Table table) {
    Report report = check(ledger);
    List<String> damage = new ArrayList<>(report.damage());
    report
        .items()
        .forEach(
            (key, item) -> {
              if (!table.get(key).equals(item)) {
                damage.add("item " + key + " is " + table.get(key) + ", not " + item);
              }
            });
    return new Report(
        report.commits(), report.entries(), report.attempts(), report.items(), damage);
  }

  /** The state after the commits taken so far. */
  private final class Walk {
    private final LedgerId ledger;
    private long number;
    private Hash previous = Commit.NO_PREVIOUS;
    private Frontier frontier = Frontier.empty();
    private long timeMillis = -1;
    private boolean closed;
    private Bill bill = Bill.NONE;
    private final Map<AttemptId, Place> attempts = new HashMap<>();
    private final Map<Hash, Long> keys = new HashMap<>();
    private final Map<Key, Item> items = new HashMap<>();
    private final Map<Key, Long> withoutContent = new HashMap<>();
    private final List<String> damage = new ArrayList<>();

    Walk(LedgerId ledger) {
      this.ledger = ledger;
    }

    void take(Stored stored) {
      number++;
      expect(stored.number() == number, "its number is " + stored.number());
      number = stored.number();
      try {
        take(stored.commit());
      } catch (MalformedException | TamperedException e) {
        damage.add("commit " + number + ": " + e.getMessage());
      }
      previous = Hash.ofBytes(stored.bytes());
    }

    private void take(Commit commit) {
      expect(commit.previous().equals(previous), "it does not name the one before");
      expect(commit.timeMillis() > timeMillis, "its time does not follow");
      expect(commit.start() == frontier.size(), "it does not start where the one before ended");
      expect(!closed, "the ledger was closed before");
      timeMillis = commit.timeMillis();
      closed = commit.closed();

      Body body = commits.body(ledger, commit);
      expect(
          commits.manifest(ledger, commit).equals(body.manifest()),
          "its copied manifest is not the one in its segment");
      List<Hash> leaves = body.manifest().leaves();
      for (int i = 0; i < leaves.size(); i++) {
        KeptEntry entry = body.entries().get(i);
        long index = commit.start() + i;
        expect(entry.leaf().equals(leaves.get(i)), "entry " + index + " is not its leaf");
        takeContent(entry, index);
      }
      Frontier grown = new Growth(frontier, leaves).after();
      expect(grown.equals(commit.frontier()), "its frontier is not what its leaves make");
      frontier = commit.frontier();
      Optional<String> wrong =
          commit.bill().wrongAfter(bill, commit.number(), body.manifest().attempts());
      expect(wrong.isEmpty(), wrong.orElse(""));
      bill = commit.bill();

      takeAttempts(commit, body.manifest());
      body.effects().forEach(effect -> take(effect, commit.number()));
    }

    private void takeContent(KeptEntry entry, long index) {
      Payload payload = entry.entry().payload();
      String other = "entry " + index + " has other content";
      switch (entry.about()) {
        case KeptEntry.Here(Salt salt, byte[] content) ->
            expect(payload.matches(salt, content), other);
        case KeptEntry.Blob(Salt salt, Hash sha256) ->
            expect(salt.commitTo(sha256).equals(payload.hash()), other);
        case KeptEntry.Apart(Hash sha256) -> {
          Optional<byte[]> bytes = blobs.get(BlobName.content(ledger, sha256));
          if (bytes.isEmpty()) {
            withoutContent.put(Erased.key(ledger, index), index);
          } else {
            expect(ErasableContent.ofBytes(sha256, bytes.get()).isOf(payload), other);
          }
        }
      }
    }

    private void takeAttempts(Commit commit, Manifest manifest) {
      int first = 0;
      for (Attempt attempt : manifest.attempts()) {
        List<Hash> leaves = manifest.leaves().subList(first, first + attempt.entries());
        Place place = new Place(number, commit.start() + first, leaves);
        Place other = attempts.put(attempt.id(), place);
        expect(other == null, "attempt " + attempt.id() + " was committed before");
        if (attempt.key() instanceof Attempt.Keyed keyed) {
          Long before = keys.put(keyed.key(), commit.timeMillis());
          boolean fresh =
              before == null || commit.timeMillis() - before >= KeyIndex.KEPT.toMillis();
          expect(fresh, "key " + keyed.key() + " was committed before");
        }
        first += attempt.entries();
      }
    }

    private void take(Effect effect, long commit) {
      Item now = items.getOrDefault(effect.key(), Item.absent(effect.key()));
      // An item that no commit of this ledger wrote may be another ledger's, or older than it.
      boolean judged = items.containsKey(effect.key());
      expect(
          !judged || effect.condition().holds(now),
          "the condition of its effect on " + effect.key() + " did not hold");
      switch (effect) {
        case Effect.Put put -> items.put(put.key(), new Item(put.key(), commit, put.body()));
        case Effect.Delete delete -> items.put(delete.key(), Item.absent(delete.key()));
        case Effect.Check check -> {}
      }
    }

    private void expect(boolean holds, String otherwise) {
      if (!holds) {
        damage.add("commit " + number + ": " + otherwise);
      }
    }

    Report report() {
      withoutContent.forEach(
          (erased, index) ->
              expect(items.containsKey(erased), "entry " + index + " lost its content"));
      return new Report(number, frontier.size(), attempts, items, damage);
    }
  }
}
