package io.mooring.billing.credits;

import io.mooring.billing.Funds;
import io.mooring.platform.LedgerId;
import io.mooring.platform.commit.Commit;
import io.mooring.platform.commit.Commits;
import io.mooring.platform.commit.EscrowChange;
import io.mooring.platform.commit.TamperedException;
import java.util.Optional;

/** What ledgers gave back to purses: each return names the commit of the one before it. */
public final class Returns {
  private final Commits commits;

  public Returns(Commits commits) {
    this.commits = commits;
  }

  /** All that an escrow gave back in commits above {@code after}. */
  public Funds since(LedgerId ledger, EscrowChange last, long after) {
    Funds sum = Funds.NONE;
    for (long at = last.returnedAt(); at > after; ) {
      long number = at;
      EscrowChange returning =
          escrow(ledger, number, last)
              .orElseThrow(
                  () ->
                      new TamperedException(
                          "commit %d of ledger %s has no escrow"
                              .formatted(number, ledger.value())));
      sum = sum.plus(returning.returned());
      // A commit may make an escrow and empty it at once: then there is none before it.
      at = at == 1 ? 0 : escrow(ledger, at - 1, last).map(EscrowChange::returnedAt).orElse(0L);
    }
    return sum;
  }

  private Optional<EscrowChange> escrow(LedgerId ledger, long number, EscrowChange like) {
    return commits
        .read(ledger, number)
        .map(Commit::bill)
        .flatMap(bill -> bill.escrow(like.after().spender(), like.after().asset()));
  }
}
