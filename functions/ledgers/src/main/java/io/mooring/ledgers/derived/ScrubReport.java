package io.mooring.ledgers.derived;

import java.util.List;

/** What a scrub has read, and the damage it has found, in the order of the ledger. */
public record ScrubReport(long commits, long entries, long objects, List<Damage> damages) {
  /** A ledger of which much is damaged is shown by its first places. */
  public static final int DAMAGES_MAX = 1_000;

  public ScrubReport {
    damages = List.copyOf(damages);
  }

  public boolean isWhole() {
    return damages.isEmpty();
  }
}
