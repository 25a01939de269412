package io.mooring.platform.commit;

import io.mooring.ledger.Frontier;
import io.mooring.ledger.Hash;
import io.mooring.platform.LedgerId;
import io.mooring.platform.commit.CommitStore.Stored;
import io.mooring.platform.commit.KeyIndex.Known;
import io.mooring.platform.commit.PublishedHeads.Published;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The end of one ledger's chain as this process knows it, and the keys and attempts of the commits
 * from {@link #knownFrom} on. Every commit is checked against the one before as it is taken in.
 *
 * <p>Not thread-safe: it belongs to the sequencer's one running turn.
 */
final class Chain {
  /** How many keys may wait for the index in memory before no more are taken. */
  static final int KEYS_WAITING_MAX = 400_000;

  /** How many keys are remembered before the oldest indexed ones are looked up instead. */
  static final int KEYS_REMEMBERED_MAX = 200_000;

  /** How many attempts are remembered; older ones are found by reading their commits again. */
  static final int ATTEMPTS_REMEMBERED_MAX = 50_000;

  private final LedgerId ledger;
  private final CommitStore store;
  private final Commits commits;

  private long number;
  private Hash hash = Commit.NO_PREVIOUS;
  private Frontier frontier = Frontier.empty();
  private long timeMillis;
  private boolean closed;
  private Bill bill = Bill.NONE;
  private long indexed;

  private final Map<Hash, Known> keys = new HashMap<>();
  private final Deque<Carried<Hash>> keysByCommit = new ArrayDeque<>();
  private final Map<AttemptId, Long> attempts = new HashMap<>();
  private final Deque<Carried<AttemptId>> attemptsByCommit = new ArrayDeque<>();
  private long keysKnownFrom = 1;
  private long attemptsKnownFrom = 1;

  private Chain(LedgerId ledger, CommitStore store, Commits commits) {
    this.ledger = ledger;
    this.store = store;
    this.commits = commits;
  }

  /**
   * Reads the tip, refuses it if it is not what was published, and reads the commits again that may
   * not stand in the index yet.
   */
  static Chain open(LedgerId ledger, CommitStore store, Commits commits, PublishedHeads published) {
    Chain chain = new Chain(ledger, store, commits);
    // In this order: what is published between the two reads would look like a rollback.
    Optional<Published> head = published.last(ledger);
    Optional<Stored> tip = store.tip(ledger);
    long last = tip.map(Stored::number).orElse(0L);
    head.ifPresent(kept -> PublishedHeads.requireKept(kept, ledger, commits, last));
    if (tip.isPresent()) {
      chain.startAfter(tip.get().commit().indexed());
      while (chain.number < tip.get().number()) {
        if (!chain.readOn(landed -> {})) {
          throw new TamperedException(
              "commit %d of ledger %s is gone".formatted(chain.number + 1, ledger.value()));
        }
      }
    }
    return chain;
  }

  private void startAfter(long last) {
    if (last > 0) {
      Stored stored =
          store
              .read(ledger, last)
              .orElseThrow(
                  () ->
                      new TamperedException(
                          "commit %d of ledger %s is gone".formatted(last, ledger.value())));
      stand(stored.commit(), Hash.ofBytes(stored.bytes()));
    }
    keysKnownFrom = last + 1;
    attemptsKnownFrom = last + 1;
  }

  /** Takes in a page of the commits after the last known one; whether there were any. */
  boolean readOn(Consumer<Landed> each) {
    List<Stored> next = store.range(ledger, number + 1, CommitStore.RANGE_MAX);
    next.forEach(stored -> each.accept(follow(stored)));
    return !next.isEmpty();
  }

  /** Takes in somebody else's commit, which must be the next one. */
  Landed follow(Stored stored) {
    Commit commit = stored.commit();
    if (commit.number() != number + 1
        || !commit.previous().equals(hash)
        || commit.timeMillis() <= timeMillis
        || closed) {
      throw new TamperedException(
          "commit %d of ledger %s does not follow commit %d"
              .formatted(commit.number(), ledger.value(), number));
    }
    Landed landed = Landed.of(ledger, frontier, commit, commits.manifest(ledger, commit));
    requireBilled(landed);
    take(landed, Hash.ofBytes(stored.bytes()));
    return landed;
  }

  private void requireBilled(Landed landed) {
    Commit commit = landed.commit();
    commit
        .bill()
        .wrongAfter(bill, commit.number(), landed.manifest().attempts())
        .ifPresent(
            wrong -> {
              throw new TamperedException(
                  "commit %d of ledger %s: %s".formatted(commit.number(), ledger.value(), wrong));
            });
  }

  /** Takes in our own commit, which was just won. */
  void won(Landed landed, byte[] bytes) {
    take(landed, Hash.ofBytes(bytes));
  }

  private void take(Landed landed, Hash hash) {
    stand(landed.commit(), hash);
    remember(landed.manifest().attempts());
  }

  private void stand(Commit commit, Hash hash) {
    number = commit.number();
    this.hash = hash;
    frontier = commit.frontier();
    timeMillis = commit.timeMillis();
    closed = commit.closed();
    bill = commit.bill();
    indexed = Math.max(indexed, commit.indexed());
  }

  private void remember(List<Attempt> carried) {
    List<AttemptId> ids = new ArrayList<>(carried.size());
    List<Hash> hashes = new ArrayList<>();
    for (Attempt attempt : carried) {
      ids.add(attempt.id());
      attempts.put(attempt.id(), number);
      if (attempt.key() instanceof Attempt.Keyed keyed) {
        hashes.add(keyed.key());
        keys.put(keyed.key(), new Known(number, keyed.body(), timeMillis));
      }
    }
    attemptsByCommit.add(new Carried<>(number, ids));
    if (!hashes.isEmpty()) {
      keysByCommit.add(new Carried<>(number, hashes));
    } else if (indexed == number - 1) {
      indexed = number; // it has nothing to index
    }
    forget();
  }

  private void forget() {
    while (attempts.size() > ATTEMPTS_REMEMBERED_MAX && attemptsByCommit.size() > 1) {
      Carried<AttemptId> oldest = attemptsByCommit.remove();
      oldest.names().forEach(attempts::remove);
      attemptsKnownFrom = oldest.commit() + 1;
    }
    while (keys.size() > KEYS_REMEMBERED_MAX && keysByCommit.element().commit() <= indexed) {
      Carried<Hash> oldest = keysByCommit.remove();
      oldest.names().forEach(key -> forget(key, oldest.commit()));
      keysKnownFrom = oldest.commit() + 1;
    }
  }

  /** Unless the key was used again, after it had expired. */
  private void forget(Hash key, long commit) {
    keys.computeIfPresent(key, (same, known) -> known.commit() == commit ? null : known);
  }

  /** What one commit carried. */
  private record Carried<T>(long commit, List<T> names) {}

  /** Somebody knows that every commit up to {@code number} stands in the index. */
  void indexedTo(long number) {
    indexed = Math.max(indexed, number);
    forget();
  }

  Optional<Known> key(Hash key) {
    return Optional.ofNullable(keys.get(key));
  }

  /** Whether a key that is not known here cannot have been used at all. */
  boolean knowsEveryKey() {
    return keysKnownFrom == 1;
  }

  /** Whether more keys wait for the index than should be held in memory. */
  boolean isOverfull() {
    return keys.size() > KEYS_WAITING_MAX;
  }

  /** The commit above {@code after} that carries an attempt, if there is one. */
  Optional<Long> attempt(AttemptId attempt, long after) {
    Long known = attempts.get(attempt);
    if (known != null) {
      return Optional.of(known);
    }
    for (long from = after + 1; from < attemptsKnownFrom; ) {
      List<Commit> page = commits.range(ledger, from, CommitStore.RANGE_MAX);
      if (page.isEmpty()) {
        throw new TamperedException(
            "commit %d of ledger %s is gone".formatted(from, ledger.value()));
      }
      for (Commit commit : page) {
        if (commits.manifest(ledger, commit).attempts().stream()
            .anyMatch(candidate -> candidate.id().equals(attempt))) {
          return Optional.of(commit.number());
        }
      }
      from = page.getLast().number() + 1;
    }
    return Optional.empty();
  }

  long number() {
    return number;
  }

  Hash hash() {
    return hash;
  }

  Frontier frontier() {
    return frontier;
  }

  long timeMillis() {
    return timeMillis;
  }

  boolean closed() {
    return closed;
  }

  /** The bill of the last commit, with the ledger's escrows as they are. */
  Bill bill() {
    return bill;
  }

  long indexed() {
    return indexed;
  }
}
