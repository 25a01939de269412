package io.mooring.platform.commit;

import java.time.Clock;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** Real threads, from an executor that the caller chose, and the system's clocks. */
public final class ThreadPace implements Pace {
  private final Clock clock;
  private final Executor executor;

  /** The executor must not run a task on the thread that hands it over, nor ever refuse one. */
  public ThreadPace(Clock clock, Executor executor) {
    this.clock = clock;
    this.executor = executor;
  }

  @Override
  public long wallMillis() {
    return clock.millis();
  }

  @Override
  public long steadyMillis() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
  }

  @Override
  public void run(Runnable task) {
    executor.execute(task);
  }

  @Override
  public Gate gate() {
    return new LatchGate(new CountDownLatch(1));
  }

  private record LatchGate(CountDownLatch latch) implements Gate {
    @Override
    public boolean await(long millis) {
      try {
        return latch.await(millis, TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return latch.getCount() == 0;
      }
    }

    @Override
    public void open() {
      latch.countDown();
    }
  }
}
