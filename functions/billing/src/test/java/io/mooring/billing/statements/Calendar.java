package io.mooring.billing.statements;

import io.mooring.platform.commit.Pace;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A clock on which a test lets a month go by; threads are real. */
public final class Calendar implements Pace, InstantSource {
  private final Executor executor = Executors.newVirtualThreadPerTaskExecutor();
  private volatile long millis;

  public Calendar(String start) {
    this.millis = Instant.parse(start).toEpochMilli();
  }

  public void pass(Duration time) {
    millis += time.toMillis();
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(millis);
  }

  @Override
  public long wallMillis() {
    return millis;
  }

  @Override
  public long steadyMillis() {
    return millis;
  }

  @Override
  public void run(Runnable task) {
    executor.execute(task);
  }

  @Override
  public Gate gate() {
    CountDownLatch latch = new CountDownLatch(1);
    return new Gate() {
      @Override
      public boolean await(long millis) {
        try {
          return latch.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
          throw new AssertionError(e);
        }
      }

      @Override
      public void open() {
        latch.countDown();
      }
    };
  }
}
