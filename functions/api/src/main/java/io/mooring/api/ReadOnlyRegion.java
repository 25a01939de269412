package io.mooring.api;

import io.mooring.platform.LedgerId;
import io.mooring.platform.commit.AttemptId;
import io.mooring.platform.commit.Committer;
import io.mooring.platform.commit.IdempotencyKey;
import io.mooring.platform.commit.Outcome;
import io.mooring.platform.commit.Receipt;
import io.mooring.platform.commit.Write;
import io.mooring.platform.problem.PlatformRefusal;
import io.mooring.platform.problem.RefusedException;
import java.time.Duration;
import java.util.Optional;

/**
 * The committer of a region that is not home. A table that is copied between regions lets the last
 * writer win, so a condition holds in one region only, and two that both wrote would fork ledgers.
 */
final class ReadOnlyRegion implements Committer {
  private final Committer reads;
  private final String home;

  ReadOnlyRegion(Committer reads, String home) {
    this.reads = reads;
    this.home = home;
  }

  /**
   * The committer itself at home, or where regions are not told apart; one that refuses elsewhere.
   */
  static Committer unlessHome(Committer committer, Optional<String> here, Optional<String> home) {
    return home.filter(region -> !Optional.of(region).equals(here))
        .<Committer>map(region -> new ReadOnlyRegion(committer, region))
        .orElse(committer);
  }

  @Override
  public Outcome commit(Write write, Duration patience) {
    throw refused();
  }

  @Override
  public Outcome release(LedgerId ledger, Duration patience) {
    throw refused();
  }

  private RefusedException refused() {
    return new RefusedException(PlatformRefusal.REGION_READS_ONLY, "the home region is " + home);
  }

  @Override
  public Optional<Receipt> find(LedgerId ledger, AttemptId attempt, long after) {
    return reads.find(ledger, attempt, after);
  }

  @Override
  public Optional<Receipt> find(LedgerId ledger, IdempotencyKey key) {
    return reads.find(ledger, key);
  }
}
