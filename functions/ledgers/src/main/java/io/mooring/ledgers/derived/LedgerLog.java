package io.mooring.ledgers.derived;

import static io.mooring.ledger.tlog.LogPath.FULL_WIDTH;

import io.mooring.ledger.Hash;
import io.mooring.ledger.MalformedException;
import io.mooring.ledger.tlog.EntryBundle;
import io.mooring.ledger.tlog.LogFiles;
import io.mooring.ledger.tlog.LogPath;
import io.mooring.ledger.tlog.LogPath.OfBundle;
import io.mooring.ledger.tlog.LogPath.OfCheckpoint;
import io.mooring.ledger.tlog.LogPath.OfTile;
import io.mooring.platform.LedgerId;
import io.mooring.platform.blob.BlobName;
import io.mooring.platform.blob.Blobs;
import io.mooring.platform.commit.Body;
import io.mooring.platform.commit.CarriedCommit;
import io.mooring.platform.commit.Commit;
import io.mooring.platform.commit.CommitStore;
import io.mooring.platform.commit.Commits;
import io.mooring.platform.commit.KeptEntry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One ledger's static files and where its entries stand, derived from its commits and kept as
 * {@link Pack}s. What is missing is derived again when somebody asks for it, and kept.
 */
public final class LedgerLog implements LogFiles {
  private final LedgerId ledger;
  private final Commits commits;
  private final Blobs blobs;
  private final PackCache cache;
  private final ReentrantLock deriving = new ReentrantLock();
  private @Nullable Tail tail;

  LedgerLog(LedgerId ledger, Commits commits, Blobs blobs, PackCache cache) {
    this.ledger = ledger;
    this.commits = commits;
    this.blobs = blobs;
    this.cache = cache;
  }

  /** Derives what was committed since; returns the size that it has reached. */
  public long catchUp() {
    deriving.lock();
    try {
      Tail tail = tail();
      while (true) {
        List<Commit> next = commits.range(ledger, tail.nextCommit(), CommitStore.RANGE_MAX);
        long before = tail.size();
        next.forEach(commit -> add(tail, commit));
        if (tail.size() == before) {
          return before;
        }
      }
    } finally {
      deriving.unlock();
    }
  }

  /** Forgets the end of the log, because the packs before it were made again. */
  void readAgain() {
    deriving.lock();
    try {
      tail = null;
    } finally {
      deriving.unlock();
    }
  }

  /** Derives from commits that are at hand, and first from those before them that are not. */
  void take(List<CarriedCommit> carried) {
    deriving.lock();
    try {
      Tail tail = tail();
      if (!carried.isEmpty() && carried.getFirst().commit().number() > tail.nextCommit()) {
        catchUp();
        return;
      }
      for (CarriedCommit each : carried) {
        if (each.commit().number() >= tail.nextCommit()) {
          add(tail, each);
        }
      }
    } finally {
      deriving.unlock();
    }
  }

  /** Derives what was committed since, unless it has come as far as {@code size} already. */
  public void reach(long size) {
    if (knownSize() < size) {
      catchUp();
    }
  }

  /** A tile or bundle as wide as asked for, if the ledger has grown so far; never a checkpoint. */
  @Override
  public Optional<byte[]> read(LogPath path) {
    return switch (path) {
      case OfCheckpoint checkpoint -> Optional.empty();
      case OfTile tile -> tile(tile);
      case OfBundle bundle -> bundle(bundle);
    };
  }

  /** The entries from {@code from} on, at most {@code limit} and none at or beyond {@code to}. */
  public List<Placed> entries(long from, long to, int limit) {
    List<Placed> entries = new ArrayList<>();
    long next = from;
    while (next < to && entries.size() < limit) {
      Commit commit = commitOf(next);
      Body body = cache.body(ledger, commit);
      for (long index = next;
          index < Math.min(to, commit.end()) && entries.size() < limit;
          index++) {
        KeptEntry kept = body.entries().get(Math.toIntExact(index - commit.start()));
        entries.add(new Placed(index, commit.number(), commit.timeMillis(), kept));
      }
      next = commit.end();
    }
    return entries;
  }

  /** The first entry of the first commit at or after a time; the size when there is none. */
  public long firstAtOrAfter(long timeMillis) {
    catchUp();
    Tail.View tail = view(Tail::view);
    long low = 0;
    long high = tail.packs();
    while (low < high) {
      long middle = (low + high) >>> 1;
      if (pack(middle).links().getLast().timeMillis() < timeMillis) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    List<Link> links = low < tail.packs() ? pack(low).links() : tail.links();
    return links.stream()
        .filter(link -> link.timeMillis() >= timeMillis)
        .mapToLong(Link::start)
        .findFirst()
        .orElse(tail.size());
  }

  /**
   * Indexes from {@code from} on, in order, of entries that may be about a subject, at most {@code
   * limit}; reading them tells which are.
   */
  public List<Long> maybeAbout(String subject, long from, long to, int limit) {
    long key = Subjects.key(Optional.of(subject));
    catchUp();
    Tail.View tail = view(known -> known.view(key));
    List<Long> found = new ArrayList<>();
    for (long number = from / Pack.LEAVES;
        number < tail.packs() && found.size() < limit;
        number++) {
      Pack pack = pack(number);
      for (int place : pack.subjects().places(key)) {
        addWithin(found, pack.start() + place, from, to, limit);
      }
    }
    for (long index : tail.indexes()) {
      addWithin(found, index, from, to, limit);
    }
    return found;
  }

  private static void addWithin(List<Long> found, long index, long from, long to, int limit) {
    if (found.size() < limit && index >= from && index < to) {
      found.add(index);
    }
  }

  private Optional<byte[]> tile(OfTile tile) {
    if (tile.level() > 0 && tile.width() == FULL_WIDTH) {
      Optional<byte[]> stored = blobs.get(name(tile));
      return stored.isPresent() ? stored : derived(tile);
    }
    long end = Math.multiplyExact(tile.index(), FULL_WIDTH) + tile.width();
    if (tile.level() == 0 && end / FULL_WIDTH * FULL_WIDTH <= fullPacks() * Pack.LEAVES) {
      long number = tile.index() * FULL_WIDTH / Pack.LEAVES;
      if (number < fullPacks()) {
        return Optional.of(pack(number).leafTile(tile));
      }
    }
    return ofTail(tile).or(() -> afterCatchingUp(tile));
  }

  private Optional<byte[]> afterCatchingUp(OfTile tile) {
    catchUp();
    if (tile.level() == 0 && tile.index() * FULL_WIDTH / Pack.LEAVES < fullPacks()) {
      return tile(tile);
    }
    return ofTail(tile).or(() -> cutFromFull(tile));
  }

  /** A partial tile that has become full since it was asked for. */
  private Optional<byte[]> cutFromFull(OfTile tile) {
    return tile.level() == 0 || tile.width() == FULL_WIDTH
        ? Optional.empty()
        : tile(tile.full()).map(full -> Arrays.copyOf(full, tile.bytesMax()));
  }

  /** A full tile above the leaves that is not there: derived again from its leaves, if they are. */
  private Optional<byte[]> derived(OfTile tile) {
    long leaves = leavesOf(tile);
    if (leaves > catchUp() / Pack.LEAVES * Pack.LEAVES) {
      return Optional.empty();
    }
    Optional<byte[]> stored = blobs.get(name(tile));
    if (stored.isEmpty()) {
      deriveUpTo(leaves / Pack.LEAVES - 1);
      stored = blobs.get(name(tile));
    }
    return stored;
  }

  static long leavesOf(OfTile tile) {
    int shift = Byte.SIZE * (tile.level() + 1);
    return shift >= Long.SIZE || tile.index() + 1 > Long.MAX_VALUE >> shift
        ? Long.MAX_VALUE
        : (tile.index() + 1) << shift;
  }

  private Optional<byte[]> bundle(OfBundle bundle) {
    long from = Math.multiplyExact(bundle.index(), FULL_WIDTH);
    long to = from + bundle.width();
    if (to > knownSize() && to > catchUp()) {
      return Optional.empty();
    }
    List<byte[]> envelopes =
        entries(from, to, FULL_WIDTH).stream().map(placed -> placed.kept().envelope()).toList();
    return Optional.of(EntryBundle.encode(envelopes));
  }

  private Commit commitOf(long index) {
    long number = linkOf(index).commit();
    return cache
        .commit(ledger, number)
        .orElseThrow(
            () ->
                new MalformedException("commit " + number + " of " + ledger.value() + " is gone"));
  }

  private Link linkOf(long index) {
    Optional<Link> ofTail = view(tail -> tail.linkOf(index));
    return ofTail.orElseGet(() -> pack(index / Pack.LEAVES).linkOf(index));
  }

  private Optional<byte[]> ofTail(OfTile tile) {
    return view(tail -> tail.hashes(tile));
  }

  private long knownSize() {
    return view(Tail::size);
  }

  private long fullPacks() {
    return view(Tail::packs);
  }

  private <T> T view(Function<Tail, T> look) {
    deriving.lock();
    try {
      return look.apply(tail());
    } finally {
      deriving.unlock();
    }
  }

  /** A pack that the ledger is large enough to have. */
  Pack pack(long number) {
    Optional<Pack> kept = cache.pack(ledger, number);
    if (kept.isEmpty()) {
      deriveUpTo(number);
      kept = cache.pack(ledger, number);
    }
    return kept.orElseThrow(
        () -> new MalformedException("pack " + number + " of " + ledger.value() + " is no more"));
  }

  /** Derives, from the last pack before it that is there, all up to one that is not. */
  private void deriveUpTo(long number) {
    Tail again = after(number - 1);
    while (again.packs() <= number) {
      long before = again.size();
      commits.range(ledger, again.nextCommit(), CommitStore.RANGE_MAX).forEach(c -> add(again, c));
      if (again.size() == before) {
        throw new MalformedException("the ledger ends before its pack " + number);
      }
    }
  }

  private Tail tail() {
    if (tail == null) {
      long size = commits.tip(ledger).map(Commit::end).orElse(0L);
      tail = after(size / Pack.LEAVES - 1);
    }
    return tail;
  }

  /** The tail that follows the last pack that is there, at or before {@code number}. */
  private Tail after(long number) {
    for (long candidate = number; candidate >= 0; candidate--) {
      Optional<Pack> pack = cache.pack(ledger, candidate);
      if (pack.isPresent()) {
        return Tail.after(pack.get(), new Keeping());
      }
    }
    return Tail.ofEmpty(new Keeping());
  }

  private void add(Tail tail, Commit commit) {
    add(tail, new CarriedCommit(commit, cache.body(ledger, commit)));
  }

  static void add(Tail tail, CarriedCommit carried) {
    Commit commit = carried.commit();
    Body body = carried.body();
    List<Hash> leaves = body.manifest().leaves();
    long[] subjects = new long[leaves.size()];
    for (int i = 0; i < subjects.length; i++) {
      subjects[i] = Subjects.key(Envelopes.subject(body.entries().get(i).envelope()));
    }
    tail.add(new Link(commit.number(), commit.start(), commit.timeMillis()), leaves, subjects);
  }

  private BlobName name(LogPath path) {
    return BlobName.log(ledger, path.text());
  }

  private final class Keeping implements Tail.Sink {
    @Override
    public void pack(Pack pack) {
      cache.keep(ledger, pack);
    }

    @Override
    public void tile(OfTile tile, byte[] hashes) {
      blobs.create(name(tile), hashes);
    }
  }
}
