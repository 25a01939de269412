package io.mooring.ledgers.derived;

import io.mooring.platform.LedgerId;
import io.mooring.platform.commit.CarriedCommit;
import io.mooring.platform.commit.Derivation;
import java.util.List;

/** Derives packs and tiles beside the commits, while what they carry is still at hand. */
public final class LogDerivation implements Derivation {
  private final LedgerLogs logs;

  public LogDerivation(LedgerLogs logs) {
    this.logs = logs;
  }

  @Override
  public String name() {
    return "log";
  }

  @Override
  public void derive(LedgerId ledger, List<CarriedCommit> commits) {
    logs.of(ledger).take(commits);
  }
}
