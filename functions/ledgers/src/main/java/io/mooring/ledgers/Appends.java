package io.mooring.ledgers;

import io.mooring.platform.commit.AttemptId;
import io.mooring.platform.commit.Committer;
import io.mooring.platform.commit.Content;
import io.mooring.platform.commit.NewEntry;
import io.mooring.platform.commit.Outcome;
import io.mooring.platform.commit.Receipt;
import io.mooring.platform.commit.Repetition;
import io.mooring.platform.commit.Write;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Appends entries to ledgers: checks them, and lets one commit carry all of a request. */
public final class Appends {
  private static final byte[] NO_ANSWER = {};

  private final Committer committer;
  private final LedgerRegister register;
  private final Uploads uploads;
  private final Reading reading;

  public Appends(Committer committer, LedgerRegister register, Uploads uploads, Reading reading) {
    this.committer = committer;
    this.register = register;
    this.uploads = uploads;
    this.reading = reading;
  }

  /** Commits all of the entries side by side, or none, and gives one receipt for them. */
  public Appended append(
      Ledger ledger, String submitter, List<NewEntry> entries, Repetition repetition) {
    return append(ledger, submitter, entries, repetition, Committer.PATIENCE);
  }

  /** As above, for whoever would rather be told soon that the commit is still under way. */
  public Appended append(
      Ledger ledger,
      String submitter,
      List<NewEntry> entries,
      Repetition repetition,
      Duration patience) {
    register.requireWritable(ledger);
    for (NewEntry entry : entries) {
      if (entry.content() instanceof Content.Stored blob) {
        uploads.require(ledger.id().tenant(), blob);
      }
    }

    Write write = Write.to(ledger.id()).by(submitter).entries(entries);
    Outcome outcome =
        committer.commit(LedgerRegister.repeated(write, repetition, NO_ANSWER), patience);
    return new Appended(UncommittedException.receipt(outcome), outcome instanceof Outcome.Replayed);
  }

  /** Where an append that was under way has landed, if it has. */
  public Optional<Receipt> find(Ledger ledger, AttemptId attempt, long after) {
    return committer.find(ledger.id(), attempt, after);
  }

  /** The checkpoint that the receipt's proofs lead to; signed once for all of a commit's writes. */
  public String checkpoint(Ledger ledger, Receipt receipt) {
    return receipt.signed(head -> reading.sign(ledger, head).encoded());
  }

  /** Where the entries stand, and whether they stood there before this request came. */
  public record Appended(Receipt receipt, boolean replayed) {}
}
