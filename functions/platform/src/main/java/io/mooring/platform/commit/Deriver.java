package io.mooring.platform.commit;

import io.mooring.platform.LedgerId;
import io.mooring.platform.commit.KeyIndex.Indexable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Writes what is derived from one ledger's commits, beside the commits and after them: the index of
 * idempotency keys, the published head, and what capabilities add. A failure here loses nothing: it
 * is derived at the next commit, by this process or another. Thread-safe.
 */
final class Deriver {
  /** How many bytes of our own commits are kept at hand; more are read back from the store. */
  static final long AT_HAND_BYTES_MAX = 64L * 1024 * 1024;

  /** How many commits of others may be missing from the index before we write those too. */
  static final int LAG_MAX = 32;

  /** How old the published head of an active ledger may be. */
  static final long PUBLISH_MILLIS = 1_000;

  private static final int PAGE = 16;
  private static final System.Logger LOG = System.getLogger(Deriver.class.getName());

  private final LedgerId ledger;
  private final Pace pace;
  private final Commits commits;
  private final KeyIndex index;
  private final PublishedHeads heads;
  private final Watermarks watermarks;
  private final List<Derivation> derivations;

  private final NavigableMap<Long, CarriedCommit> atHand = new TreeMap<>();
  private long atHandBytes;
  private long indexed;
  private long last;
  private boolean running;

  // Only the one running turn touches these.
  private long derived;
  private long published;
  private long publishedAtMillis;

  Deriver(
      LedgerId ledger,
      Pace pace,
      Commits commits,
      KeyIndex index,
      PublishedHeads heads,
      Watermarks watermarks,
      List<Derivation> derivations) {
    this.ledger = ledger;
    this.pace = pace;
    this.commits = commits;
    this.index = index;
    this.heads = heads;
    this.watermarks = watermarks;
    this.derivations = List.copyOf(derivations);
    this.publishedAtMillis = pace.steadyMillis() - PUBLISH_MILLIS;
  }

  /** Our own commit was won; {@code indexedByOthers} is what the chain knows of the index. */
  void offer(CarriedCommit own, long weight, long indexedByOthers) {
    synchronized (this) {
      indexed = Math.max(indexed, indexedByOthers);
      last = own.commit().number();
      if (atHandBytes + weight <= AT_HAND_BYTES_MAX) {
        atHand.put(last, own);
        atHandBytes += weight;
      }
      if (running) {
        return;
      }
      running = true;
    }
    pace.run(this::run);
  }

  /** Every commit up to this one is known to stand in the index. */
  synchronized long indexed() {
    return indexed;
  }

  private void run() {
    boolean again = true;
    try {
      while (again) {
        again = turn();
      }
    } finally {
      if (again) {
        stop();
      }
    }
  }

  private boolean turn() {
    long upTo = startTurn();
    try {
      if (derived < upTo) {
        index(upTo);
        derive(upTo);
        derived = upTo;
      } else {
        pace.pause(millisUntilPublishing());
      }
      if (millisUntilPublishing() <= 0) {
        heads.publish(ledger, commits.required(ledger, upTo));
        published = upTo;
        publishedAtMillis = pace.steadyMillis();
      }
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.WARNING, "deriving ledger " + ledger.value() + " failed", e);
      stop();
      return false;
    }
    return endTurn(upTo);
  }

  private long millisUntilPublishing() {
    return publishedAtMillis + PUBLISH_MILLIS - pace.steadyMillis();
  }

  private synchronized long startTurn() {
    return last;
  }

  private synchronized boolean endTurn(long upTo) {
    NavigableMap<Long, CarriedCommit> done = atHand.headMap(upTo, true);
    done.clear();
    if (atHand.isEmpty()) {
      atHandBytes = 0;
    }
    running = last > upTo || published < last;
    return running;
  }

  private synchronized void stop() {
    running = false;
    atHand.clear();
    atHandBytes = 0;
  }

  /** Our own commits at once; those of others only when the index falls behind. */
  private void index(long upTo) {
    long from = indexed() + 1;
    if (from > upTo) {
      return;
    }
    List<CarriedCommit> own = own(from, upTo);
    boolean whole = own.size() == upTo - from + 1;
    if (whole || upTo - from < LAG_MAX) {
      index.write(ledger, own.stream().map(Indexable::of).toList(), pace.wallMillis());
    } else {
      for (long next = from; next <= upTo; ) {
        List<CarriedCommit> page = page(next, upTo);
        index.write(ledger, page.stream().map(Indexable::of).toList(), pace.wallMillis());
        next += page.size();
      }
      whole = true;
    }
    if (whole) {
      indexedTo(upTo);
    }
  }

  private synchronized void indexedTo(long number) {
    indexed = Math.max(indexed, number);
  }

  private synchronized List<CarriedCommit> own(long from, long upTo) {
    return List.copyOf(atHand.subMap(from, true, upTo, true).values());
  }

  /** Reads and writes all watermarks at once, because each request costs what a derivation does. */
  private void derive(long upTo) {
    Set<String> names = derivations.stream().map(Derivation::name).collect(Collectors.toSet());
    Map<String, Long> marks = watermarks.read(ledger, names);
    List<Derivation> behind =
        derivations.stream().filter(one -> marks.getOrDefault(one.name(), 0L) < upTo).toList();
    behind.forEach(one -> derive(one, marks.getOrDefault(one.name(), 0L) + 1, upTo));
    watermarks.write(
        ledger, behind.stream().map(Derivation::name).collect(Collectors.toSet()), upTo);
  }

  private void derive(Derivation derivation, long from, long upTo) {
    for (long next = from; next <= upTo; ) {
      List<CarriedCommit> page = page(next, upTo);
      derivation.derive(ledger, page);
      next += page.size();
      if (next <= upTo) { // a long way: what is done stays done
        watermarks.write(ledger, derivation.name(), next - 1);
      }
    }
  }

  /** Some commits from {@code from} on, at hand or read back. */
  private List<CarriedCommit> page(long from, long upTo) {
    List<CarriedCommit> page = new ArrayList<>();
    long to = Math.min(upTo, from + PAGE - 1);
    List<CarriedCommit> own = own(from, to);
    if (own.size() == to - from + 1) {
      return own;
    }
    for (Commit commit : commits.range(ledger, from, PAGE)) {
      if (commit.number() <= to) {
        page.add(new CarriedCommit(commit, commits.body(ledger, commit)));
      }
    }
    if (page.isEmpty()) {
      throw new TamperedException("commit " + from + " of " + ledger.value() + " is gone");
    }
    return page;
  }
}
