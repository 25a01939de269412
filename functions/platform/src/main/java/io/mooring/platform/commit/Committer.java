package io.mooring.platform.commit;

import io.mooring.platform.LedgerId;
import java.time.Duration;
import java.util.Optional;

/** The one way to change something. */
public interface Committer {
  /** How long {@link #commit(Write)} waits. */
  Duration PATIENCE = Duration.ofSeconds(10);

  default Outcome commit(Write write) {
    return commit(write, PATIENCE);
  }

  /** Commits, and returns before {@code patience} is over; blocks the calling thread meanwhile. */
  Outcome commit(Write write, Duration patience);

  /**
   * Gives what the ledger's escrows hold back to the purse, from which it is collected; {@link
   * Outcome.Busy} where they hold nothing, or where somebody waits for it.
   */
  Outcome release(LedgerId ledger, Duration patience);

  /**
   * Where an attempt that was {@link Outcome.Pending} landed, if it has. Reads the commits above
   * {@code after}, at most {@link #FIND_COMMITS_MAX} of them.
   */
  Optional<Receipt> find(LedgerId ledger, AttemptId attempt, long after);

  /** The receipt of the write that was committed under a key, for as long as keys are kept. */
  Optional<Receipt> find(LedgerId ledger, IdempotencyKey key);

  int FIND_COMMITS_MAX = 1000;
}
