package io.mooring.platform.commit;

/** What the sequencer tells one waiting writer. */
sealed interface Settlement {
  /** It is over. */
  record Over(Outcome outcome) implements Settlement {}

  /** The key was committed before, by this commit; the waiter reads its receipt back. */
  record Repeated(long commit) implements Settlement {}

  /** This very attempt was committed before, by this commit. */
  record LandedBefore(long commit) implements Settlement {}

  /** The race was lost too often; nothing was written. */
  record Crowded() implements Settlement {}

  /** Something failed that should not. */
  record Failed(RuntimeException fault) implements Settlement {}
}
