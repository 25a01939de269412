package io.mooring.ledgers.derived;

import io.mooring.ledger.Hash;
import io.mooring.ledger.MalformedException;
import io.mooring.ledger.tlog.LogPath.OfTile;
import io.mooring.platform.LedgerId;
import io.mooring.platform.blob.BlobName;
import io.mooring.platform.blob.Blobs;
import io.mooring.platform.commit.Body;
import io.mooring.platform.commit.Commit;
import io.mooring.platform.commit.CommitStore;
import io.mooring.platform.commit.CommitStore.Stored;
import io.mooring.platform.commit.Commits;
import io.mooring.platform.commit.KeptEntry;
import io.mooring.platform.commit.TamperedException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Whether the packs and tiles that are stored of a ledger are what its commits, taken in order,
 * make. Behind a commit whose entries cannot be read nothing can be derived, so nothing is judged.
 * Not thread-safe.
 */
final class DerivedCheck implements Tail.Sink {
  private final LedgerId ledger;
  private final Blobs blobs;
  private final BiConsumer<String, String> damaged;
  private final Tail tail;
  private byte[] lastPack;
  private boolean cutOff;
  private long objects;

  /** Goes on after a pack; from the beginning where that is empty. */
  DerivedCheck(LedgerId ledger, Blobs blobs, byte[] lastPack, BiConsumer<String, String> damaged) {
    this.ledger = ledger;
    this.blobs = blobs;
    this.damaged = damaged;
    this.lastPack = lastPack;
    this.tail =
        lastPack.length == 0 ? Tail.ofEmpty(this) : Tail.after(Pack.ofBytes(lastPack), this);
  }

  /** Takes again what was taken after the last pack, up to a commit. */
  void resume(CommitStore store, Commits commits, long last) {
    long next = tail.nextCommit();
    while (next <= last && !cutOff) {
      List<Stored> page = store.range(ledger, next, CommitStore.RANGE_MAX);
      for (Stored stored : page) {
        if (stored.number() <= last) {
          again(stored, commits);
        }
      }
      next = page.isEmpty() ? last + 1 : page.getLast().number() + 1;
    }
  }

  private void again(Stored stored, Commits commits) {
    try {
      Commit commit = stored.commit();
      take(commit, commits.body(ledger, commit));
    } catch (MalformedException | TamperedException e) {
      // Told already; the next commit shows whether entries are missing.
      return;
    }
  }

  void take(Commit commit, Body body) {
    cutOff |= commit.start() > tail.size();
    if (cutOff) {
      return;
    }
    List<KeptEntry> entries = body.entries();
    List<Hash> leaves = entries.stream().map(KeptEntry::leaf).toList();
    long[] subjects = entries.stream().mapToLong(DerivedCheck::subjectKey).toArray();
    tail.add(new Link(commit.number(), commit.start(), commit.timeMillis()), leaves, subjects);
  }

  private static long subjectKey(KeptEntry entry) {
    try {
      return Subjects.key(Envelopes.subject(entry.envelope()));
    } catch (MalformedException e) {
      return 0; // told already, where its content was compared
    }
  }

  /** The last pack that the commits make; empty before the first. */
  byte[] lastPack() {
    return lastPack;
  }

  /** How many packs and tiles there were to judge. */
  long objects() {
    return objects;
  }

  @Override
  public void pack(Pack pack) {
    lastPack = pack.toBytes();
    judge(PackCache.name(ledger, pack.number()), "pack " + pack.number(), lastPack);
  }

  @Override
  public void tile(OfTile tile, byte[] hashes) {
    judge(BlobName.log(ledger, tile.text()), tile.text(), hashes);
  }

  private void judge(BlobName name, String place, byte[] expected) {
    objects++;
    Optional<byte[]> stored = blobs.get(name);
    if (stored.isEmpty()) {
      damaged.accept(place, "it is not there; a rebuild makes it again");
    } else if (!Arrays.equals(stored.get(), expected)) {
      damaged.accept(place, "it is not what the commits make of it; a rebuild makes it again");
    }
  }
}
