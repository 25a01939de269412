package io.mooring.platform.http;

import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Lets those who send too much wait for their turn to be refused. Who asks again as soon as it is
 * refused would else take as much of the processors as all others leave.
 */
@Singleton
class SlowRefusals {
  /** More at once are refused without waiting, so that those who wait do not fill the memory. */
  static final int WAITING_MAX = 2_048;

  private final Supplier<Duration> most;
  private final Sleep sleep;
  private final Semaphore room = new Semaphore(WAITING_MAX);

  /** What a test replaces. */
  interface Sleep {
    void sleep(Duration turn) throws InterruptedException;
  }

  // Asked for at the first refusal: filters are made before the runtime configuration is there.
  @Inject
  SlowRefusals(Instance<RatesConfig> config) {
    this(() -> config.get().refuseWithin(), Thread::sleep);
  }

  SlowRefusals(Supplier<Duration> most, Sleep sleep) {
    this.most = most;
    this.sleep = sleep;
  }

  /** Returns when it is the caller's turn; at once on a thread that others wait for. */
  void pause(Duration turn) {
    if (!Thread.currentThread().isVirtual() || most.get().isZero() || !room.tryAcquire()) {
      return;
    }
    try {
      sleep.sleep(turn.compareTo(most.get()) < 0 ? turn : most.get());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      room.release();
    }
  }
}
