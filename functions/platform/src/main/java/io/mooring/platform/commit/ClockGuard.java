package io.mooring.platform.commit;

/**
 * Notices that the wall clock jumped, or that it is behind the ledger. Not thread-safe: it belongs
 * to the sequencer's one running turn.
 */
final class ClockGuard {
  /** How far the wall clock may be off, against the ledger or against steady time. */
  static final long SKEW_MILLIS_MAX = 5_000;

  /** How long a clock that jumped ahead is not believed: a machine may just have been asleep. */
  static final long DISTRUST_MILLIS = 30_000;

  private final Pace pace;
  private long wall;
  private long steady;

  ClockGuard(Pace pace) {
    this.pace = pace;
    this.steady = pace.steadyMillis();
    this.wall = pace.wallMillis();
  }

  /** Whether the wall clock can be believed now, for a ledger whose last commit has this time. */
  boolean agrees(long ledgerMillis) {
    // Steady time is read around the other, because a thread may stop between any two readings:
    // from before the earlier to after the later one at least as much has passed as on the wall.
    long steadyBefore = pace.steadyMillis();
    long wallNow = pace.wallMillis();
    long steadyNow = pace.steadyMillis();
    long jump = wallNow - wall - (steadyNow - steady);
    if (jump > SKEW_MILLIS_MAX && steadyNow - steady < DISTRUST_MILLIS) {
      return false;
    }
    wall = wallNow;
    steady = steadyBefore;
    return ledgerMillis - wallNow <= SKEW_MILLIS_MAX;
  }
}
