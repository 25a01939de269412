package io.mooring.ledgers;

import io.mooring.ledger.Hash;
import io.mooring.ledgers.derived.Placed;
import io.mooring.platform.LedgerId;
import io.mooring.platform.blob.BlobName;
import io.mooring.platform.blob.Blobs;
import io.mooring.platform.commit.Committer;
import io.mooring.platform.commit.Content;
import io.mooring.platform.commit.Effect;
import io.mooring.platform.commit.Erased;
import io.mooring.platform.commit.KeptEntry;
import io.mooring.platform.commit.NewEntry;
import io.mooring.platform.commit.Outcome;
import io.mooring.platform.commit.Repetition;
import io.mooring.platform.commit.Write;
import io.mooring.platform.problem.RefusedException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Erases the contents of entries that were appended as erasable. An entry of the log says so before
 * the bytes are deleted, so whoever finds them gone can tell an erasure from a loss; every proof
 * stays valid, because the log holds a salted commitment and never the content.
 */
public final class Erasures {
  private static final byte[] NO_ANSWER = {};

  private final Committer committer;
  private final LedgerRegister register;
  private final Reading reading;
  private final Contents contents;
  private final Blobs blobs;
  private final InstantSource clock;

  public Erasures(
      Committer committer,
      LedgerRegister register,
      Reading reading,
      Contents contents,
      Blobs blobs,
      InstantSource clock) {
    this.committer = committer;
    this.register = register;
    this.reading = reading;
    this.contents = contents;
    this.blobs = blobs;
    this.clock = clock;
  }

  /** Erases the content of one entry, or finishes what was begun; erasing twice is erasing once. */
  public Erasure erase(Ledger ledger, long index, String submitter, Repetition repetition) {
    Placed entry = reading.entry(ledger, index);
    if (!(entry.kept().about() instanceof KeptEntry.Apart apart)) {
      throw new RefusedException(
          LedgerRefusal.ENTRY_NOT_ERASABLE, "entry " + index + " was not appended as erasable");
    }
    requireNotRetained(ledger, entry);

    Erasure erasure =
        recorded(ledger, entry).orElseGet(() -> record(ledger, entry, submitter, repetition));
    blobs.delete(BlobName.content(ledger.id(), apart.sha256()));
    return erasure;
  }

  private void requireNotRetained(Ledger ledger, Placed entry) {
    Instant until =
        Instant.ofEpochMilli(entry.timeMillis()).plus(Duration.ofDays(ledger.retentionDays()));
    if (ledger.retentionDays() > 0 && clock.instant().isBefore(until)) {
      throw new RefusedException(
          LedgerRefusal.CONTENT_RETAINED, "it is kept until " + until + " at least");
    }
  }

  private Optional<Erasure> recorded(Ledger ledger, Placed entry) {
    return contents.erasure(ledger.id(), entry.index(), entry.kept().leaf());
  }

  /** In the ledger itself; in the tenant's journal where the ledger takes no more entries. */
  private Erasure record(Ledger ledger, Placed entry, String submitter, Repetition repetition) {
    Outcome outcome =
        committer.commit(
            LedgerRegister.repeated(
                write(ledger.id(), ledger, entry, submitter), repetition, NO_ANSWER));
    if (outcome instanceof Outcome.LedgerClosed) {
      LedgerId journal = LedgerId.journal(ledger.id().tenant());
      outcome =
          committer.commit(
              LedgerRegister.repeated(
                  write(journal, ledger, entry, submitter), repetition, NO_ANSWER));
    }
    if (outcome instanceof Outcome.EffectRefused) {
      return recorded(ledger, entry).orElseThrow(); // by another request at the same time
    }
    var receipt = UncommittedException.receipt(outcome);
    return new Erasure(receipt.ledger(), receipt.firstIndex());
  }

  private static Write write(LedgerId home, Ledger ledger, Placed entry, String submitter) {
    Hash leaf = entry.kept().leaf();
    byte[] facts = Contents.facts(ledger.id(), entry.index(), leaf);
    return Write.to(home)
        .by(submitter)
        .entry(
            NewEntry.of(
                Contents.ERASED,
                entry.kept().entry().subject(),
                Content.of("application/json", facts)))
        .effect(
            Effect.create(
                Erased.key(ledger.id(), entry.index()),
                home.value().getBytes(StandardCharsets.UTF_8)));
  }
}
