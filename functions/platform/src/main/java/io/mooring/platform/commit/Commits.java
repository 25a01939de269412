package io.mooring.platform.commit;

import io.mooring.ledger.Frontier;
import io.mooring.ledger.Hash;
import io.mooring.platform.LedgerId;
import io.mooring.platform.blob.BlobName;
import io.mooring.platform.blob.Blobs;
import java.util.List;
import java.util.Optional;

/** Reads commits with what they carry, and fails closed on anything that is not what it must be. */
public final class Commits {
  private final CommitStore store;
  private final Blobs blobs;

  public Commits(CommitStore store, Blobs blobs) {
    this.store = store;
    this.blobs = blobs;
  }

  /** The last commit; consistent. */
  public Optional<Commit> tip(LedgerId ledger) {
    return store.tip(ledger).map(CommitStore.Stored::commit);
  }

  public Optional<Commit> read(LedgerId ledger, long number) {
    return store.read(ledger, number).map(CommitStore.Stored::commit);
  }

  /** Commits from {@code from} on, in order, at most {@link CommitStore#RANGE_MAX}. */
  public List<Commit> range(LedgerId ledger, long from, int limit) {
    return store.range(ledger, from, limit).stream().map(CommitStore.Stored::commit).toList();
  }

  /** The commit that holds the entry at {@code index}, found in about log2(commits) reads. */
  public Optional<Commit> holding(LedgerId ledger, long index) {
    Optional<Commit> tip = tip(ledger);
    if (index < 0 || tip.isEmpty() || index >= tip.get().end()) {
      return Optional.empty();
    }
    Commit found = tip.get();
    long first = 1;
    while (first < found.number()) {
      Commit middle = required(ledger, first + (found.number() - first) / 2);
      if (index < middle.end()) {
        found = middle;
      } else {
        first = middle.number() + 1;
      }
    }
    return Optional.of(found);
  }

  /** What a commit carries; a segment's bytes are hashed before they are believed. */
  public Body body(LedgerId ledger, Commit commit) {
    return switch (commit.carriage()) {
      case Carriage.Inline(byte[] body) -> Body.ofBytes(body);
      case Carriage.Segment segment -> Body.ofBytes(segment(ledger, commit.number(), segment));
    };
  }

  public Manifest manifest(LedgerId ledger, Commit commit) {
    return commit.carriage() instanceof Carriage.Segment segment && segment.manifest().length > 0
        ? Manifest.ofBytes(segment.manifest())
        : body(ledger, commit).manifest();
  }

  /** What the index of keys says of a key that this commit carries, or will say. */
  Optional<KeyIndex.Known> known(LedgerId ledger, Commit commit, Hash key) {
    return manifest(ledger, commit).attempts().stream()
        .map(Attempt::key)
        .filter(Attempt.Keyed.class::isInstance)
        .map(Attempt.Keyed.class::cast)
        .filter(keyed -> keyed.key().equals(key))
        .map(keyed -> new KeyIndex.Known(commit.number(), keyed.body(), commit.timeMillis()))
        .findFirst();
  }

  /** The receipt of the write that {@code number} carries under this idempotency key. */
  Optional<Kept> kept(LedgerId ledger, long number, Hash key) {
    Landed landed = landed(ledger, number);
    List<Attempt> attempts = landed.manifest().attempts();
    for (int i = 0; i < attempts.size(); i++) {
      if (attempts.get(i).key() instanceof Attempt.Keyed keyed && keyed.key().equals(key)) {
        return Optional.of(new Kept(landed.receipt(i, body(ledger, landed.commit())), keyed));
      }
    }
    return Optional.empty();
  }

  /** A receipt that was given before, and what its write said of repetitions. */
  record Kept(Receipt receipt, Attempt.Keyed attempt) {}

  /** A commit with its proofs, rebuilt from itself and the one before. */
  Landed landed(LedgerId ledger, long number) {
    Frontier before = number == 1 ? Frontier.empty() : required(ledger, number - 1).frontier();
    Commit commit = required(ledger, number);
    return Landed.of(ledger, before, commit, manifest(ledger, commit));
  }

  /** A commit that must be there, because a later one is. */
  Commit required(LedgerId ledger, long number) {
    return read(ledger, number)
        .orElseThrow(
            () -> new TamperedException("commit " + number + " of " + ledger.value() + " is gone"));
  }

  private byte[] segment(LedgerId ledger, long number, Carriage.Segment segment) {
    BlobName name = BlobName.segment(ledger, segment.sha256());
    byte[] bytes =
        blobs
            .get(name)
            .orElseThrow(() -> new TamperedException("commit " + number + ": no segment " + name));
    if (bytes.length != segment.length() || !Hash.ofBytes(bytes).equals(segment.sha256())) {
      throw new TamperedException("commit " + number + ": segment " + name + " has other bytes");
    }
    return bytes;
  }
}
