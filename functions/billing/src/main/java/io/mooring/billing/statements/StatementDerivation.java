package io.mooring.billing.statements;

import io.mooring.platform.LedgerId;
import io.mooring.platform.commit.CarriedCommit;
import io.mooring.platform.commit.Derivation;
import java.util.List;

/** Keeps the booked days near the tip of each ledger, so that no request has much to fold. */
final class StatementDerivation implements Derivation {
  /** Folding is put off so long, because it costs two items each time. */
  static final int COMMITS = 256;

  private final Statements statements;

  StatementDerivation(Statements statements) {
    this.statements = statements;
  }

  @Override
  public String name() {
    return "days";
  }

  @Override
  public void derive(LedgerId ledger, List<CarriedCommit> commits) {
    long first = commits.getFirst().commit().number();
    long last = commits.getLast().commit().number();
    if (first == 1) {
      statements.forget(ledger);
    }
    if (last / COMMITS > (first - 1) / COMMITS) {
      statements.catchUp(ledger);
    }
  }
}
