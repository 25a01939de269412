package io.mooring.ledgers;

import io.mooring.platform.commit.Outcome;
import io.mooring.platform.commit.Receipt;

/** A write that is not known to be in the ledger, with what became of it. */
public final class UncommittedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Outcome outcome;

  private UncommittedException(Outcome outcome) {
    super("not committed: " + outcome, null, false, false);
    this.outcome = outcome;
  }

  public Outcome outcome() {
    return outcome;
  }

  /** The receipt of a write that is in the ledger, now or since an earlier request. */
  public static Receipt receipt(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Won won -> won.receipt();
      case Outcome.Replayed replayed -> replayed.receipt();
      default -> throw new UncommittedException(outcome);
    };
  }
}
