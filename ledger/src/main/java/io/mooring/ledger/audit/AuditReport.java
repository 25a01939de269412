package io.mooring.ledger.audit;

import io.mooring.ledger.Checkpoint;
import java.util.List;

/**
 * What an audit found. Sound means: every entry, hashed again, leads through every stored tile to
 * the root of this checkpoint. It says nothing of who signed the checkpoint.
 */
public record AuditReport(Checkpoint checkpoint, List<Damage> damages) {
  public AuditReport {
    damages = List.copyOf(damages);
  }

  public boolean sound() {
    return damages.isEmpty();
  }
}
