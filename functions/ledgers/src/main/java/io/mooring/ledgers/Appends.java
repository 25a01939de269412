package io.mooring.ledgers;

import io.mooring.billing.Meter;
import io.mooring.platform.commit.AttemptId;
import io.mooring.platform.commit.Basis;
import io.mooring.platform.commit.Committer;
import io.mooring.platform.commit.Content;
import io.mooring.platform.commit.IdempotencyKey;
import io.mooring.platform.commit.NewEntry;
import io.mooring.platform.commit.Outcome;
import io.mooring.platform.commit.Receipt;
import io.mooring.platform.commit.Repetition;
import io.mooring.platform.commit.Usage;
import io.mooring.platform.commit.Write;
import io.mooring.platform.problem.RefusedException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Appends entries to ledgers: checks them, and lets one commit carry all of a request. */
public final class Appends {
  private static final byte[] NO_ANSWER = {};
  private static final String PLATFORM_TYPES = "mooring.";

  private final Committer committer;
  private final LedgerRegister register;
  private final Uploads uploads;
  private final Reading reading;
  private final Contents contents;

  public Appends(
      Committer committer,
      LedgerRegister register,
      Uploads uploads,
      Reading reading,
      Contents contents) {
    this.committer = committer;
    this.register = register;
    this.uploads = uploads;
    this.reading = reading;
    this.contents = contents;
  }

  /** Commits all of the entries side by side, or none, and gives one receipt for them. */
  public Appended append(
      Ledger ledger, String submitter, List<NewEntry> entries, Repetition repetition) {
    return append(ledger, submitter, entries, repetition, new Basis.Any(), Committer.PATIENCE);
  }

  /**
   * As above, upon a head that the caller knows, and for whoever would rather be told soon that the
   * commit is still under way.
   */
  public Appended append(
      Ledger ledger,
      String submitter,
      List<NewEntry> entries,
      Repetition repetition,
      Basis basis,
      Duration patience) {
    return append(ledger, submitter, entries, repetition, basis, patience, List.of());
  }

  /** Commits what a client has published, which is charged as a message beside its entry. */
  public Appended appendMessage(
      Ledger ledger, String submitter, NewEntry entry, Repetition repetition) {
    return append(
        ledger,
        submitter,
        List.of(entry),
        repetition,
        new Basis.Any(),
        Committer.PATIENCE,
        List.of(new Usage(Meter.MESSAGES, 1)));
  }

  private Appended append(
      Ledger ledger,
      String submitter,
      List<NewEntry> entries,
      Repetition repetition,
      Basis basis,
      Duration patience,
      List<Usage> more) {
    if (ledger.kind() != Kind.LOG) {
      throw new RefusedException(
          LedgerRefusal.LEDGER_TAKES_NO_ENTRIES, "a ledger of kind " + ledger.kind().word());
    }
    register.requireWritable(ledger);
    requireFewErasable(entries);
    for (NewEntry entry : entries) {
      requireTypeOfItsOwn(entry);
      if (entry.content() instanceof Content.Stored blob) {
        uploads.require(ledger.id().tenant(), blob);
      }
    }

    Write write = metered(Write.to(ledger.id()).by(submitter).entries(entries).upon(basis));
    for (Usage usage : more) {
      write = write.uses(usage);
    }
    Outcome outcome =
        committer.commit(LedgerRegister.repeated(write, repetition, NO_ANSWER), patience);
    return new Appended(UncommittedException.receipt(outcome), outcome instanceof Outcome.Replayed);
  }

  /** What an append uses: entries, and the bytes that are kept for them. */
  private static Write metered(Write write) {
    long bytes = write.entries().stream().mapToLong(entry -> entry.content().length()).sum();
    Usage entries = new Usage(Meter.ENTRIES, write.entries().size());
    return bytes > 0
        ? write.uses(List.of(entries, new Usage(Meter.ENTRY_BYTES, bytes)))
        : write.uses(entries);
  }

  private static void requireFewErasable(List<NewEntry> entries) {
    long erasable =
        entries.stream().filter(entry -> entry.content() instanceof Content.Erasable).count();
    if (erasable > LedgerLimit.ERASABLE_ENTRIES_MAX.value()) {
      throw new RefusedException(
          LedgerRefusal.BATCH_TOO_LARGE,
          "a batch has at most " + LedgerLimit.ERASABLE_ENTRIES_MAX.value() + " erasable entries");
    }
  }

  /** What the platform says in a ledger, only the platform can say. */
  private static void requireTypeOfItsOwn(NewEntry entry) {
    if (entry.type().startsWith(PLATFORM_TYPES)) {
      throw new RefusedException(
          LedgerRefusal.ENTRY_INVALID, "types that begin with mooring. are the platform's");
    }
  }

  /** Where an append that was under way has landed, if it has. */
  public Optional<Receipt> find(Ledger ledger, AttemptId attempt, long after) {
    return committer.find(ledger.id(), attempt, after);
  }

  /** The receipt of the write that was committed under a key. */
  public Optional<Receipt> find(Ledger ledger, IdempotencyKey key) {
    return committer.find(ledger.id(), key);
  }

  /** The content of the entry at an offset in the write, unless it was erased since. */
  public Told content(Receipt receipt, int offset) {
    return contents.of(
        receipt.ledger(), receipt.firstIndex() + offset, receipt.entries().get(offset));
  }

  /** The checkpoint that the receipt's proofs lead to; signed once for all of a commit's writes. */
  public String checkpoint(Ledger ledger, Receipt receipt) {
    return receipt.signed(head -> reading.sign(ledger, head).encoded());
  }

  /** Where the entries stand, and whether they stood there before this request came. */
  public record Appended(Receipt receipt, boolean replayed) {}
}
