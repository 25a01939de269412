package io.mooring.ledgers;

import io.mooring.platform.commit.Sweeper;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Sweeps all ledgers now and then, in a process that stays. */
@Singleton
class SweepSchedule {
  private static final Logger LOG = Logger.getLogger(SweepSchedule.class);
  private static final int FIRST_PART = 10;

  private final Sweeper sweeper;
  private final LedgersConfig config;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("sweep").factory());

  SweepSchedule(Sweeper sweeper, LedgersConfig config) {
    this.sweeper = sweeper;
    this.config = config;
  }

  void start(@Observes StartupEvent started) {
    Duration every = config.sweepEvery();
    if (!every.isZero()) {
      thread.scheduleWithFixedDelay(
          this::sweep,
          every.dividedBy(FIRST_PART).toMillis(),
          every.toMillis(),
          TimeUnit.MILLISECONDS);
    }
  }

  void stop(@Observes ShutdownEvent stopped) {
    thread.shutdownNow();
  }

  private void sweep() {
    try {
      Sweeper.Swept swept = sweeper.sweepAll();
      LOG.infof(
          "sweep: %d objects judged, %d deleted, %d ledgers unreadable",
          swept.judged(), swept.deleted(), swept.unreadable());
    } catch (RuntimeException e) {
      LOG.error("the sweep failed; the next one begins where this one did", e);
    }
  }
}
