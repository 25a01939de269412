package io.mooring.ledgers.derived;

import java.util.List;

/**
 * What a scrub has read so far, and the damage that this part of it has found, in the order of the
 * ledger.
 *
 * @param ofCommits how many commits there are to read
 * @param damaged how many places are damaged, those of the parts before included
 * @param next names the position to go on from; empty at the end
 */
public record ScrubReport(
    long commits,
    long ofCommits,
    long entries,
    long objects,
    long damaged,
    List<Damage> damages,
    String next) {
  /** A part in which much is damaged is shown by its first places. */
  public static final int DAMAGES_MAX = 1_000;

  public ScrubReport {
    damages = List.copyOf(damages);
  }

  /** Whether nothing was damaged of all that was read so far. */
  public boolean isWhole() {
    return damaged == 0;
  }
}
