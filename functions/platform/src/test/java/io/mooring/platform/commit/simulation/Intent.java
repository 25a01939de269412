package io.mooring.platform.commit.simulation;

import io.mooring.platform.commit.Outcome;
import io.mooring.platform.commit.Receipt;
import java.util.ArrayList;
import java.util.List;

/** One thing that a client wants in the ledger once, and all that it was told about it. */
final class Intent {
  private final String name;
  private final List<Receipt> receipts = new ArrayList<>();
  private final long wantedAt;
  private long acknowledgedAt = Long.MAX_VALUE;
  private boolean uncertain;

  Intent(String name, long wantedAt) {
    this.name = name;
    this.wantedAt = wantedAt;
  }

  String name() {
    return name;
  }

  void acknowledged(Receipt receipt, long now) {
    receipts.add(receipt);
    acknowledgedAt = Math.min(acknowledgedAt, now);
  }

  /** No answer came, or one that says that nothing is known. */
  void uncertain() {
    uncertain = true;
  }

  void told(Outcome outcome, long now) {
    switch (outcome) {
      case Outcome.Won(Receipt receipt) -> acknowledged(receipt, now);
      case Outcome.Replayed replayed -> acknowledged(replayed.receipt(), now);
      case Outcome.Pending pending -> uncertain = true;
      case Outcome.InFlight inFlight -> uncertain = true;
      case Outcome.KeyReused reused -> {}
      case Outcome.EffectRefused refused -> {}
      case Outcome.LedgerClosed closed -> {}
      case Outcome.HeadMoved moved -> {}
      case Outcome.InsufficientCredit credit -> {}
      case Outcome.Busy busy -> {}
      case Outcome.Tampered tampered -> throw new AssertionError(tampered.evidence());
    }
  }

  List<Receipt> receipts() {
    return receipts;
  }

  boolean isAcknowledged() {
    return !receipts.isEmpty();
  }

  boolean isUncertain() {
    return uncertain;
  }

  /** Whether this was acknowledged before the other was asked for. */
  boolean isBefore(Intent other) {
    return acknowledgedAt < other.wantedAt;
  }
}
