package io.mooring.platform.testing;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;

/** A virtual thread for each task, and somebody who can wait until all of them are over. */
public final class WatchedThreads implements Executor {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private int running;

  @Override
  public void execute(Runnable task) {
    change(1);
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                task.run();
              } finally {
                change(-1);
              }
            });
  }

  private synchronized void change(int by) {
    running += by;
    notifyAll();
  }

  /** Returns when nothing goes on beside the caller any more. */
  public synchronized void awaitNone() {
    long end = System.nanoTime() + PATIENCE.toNanos();
    try {
      while (running > 0) {
        long left = (end - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
          throw new TimeoutException(running + " tasks still run");
        }
        wait(left);
      }
    } catch (InterruptedException | TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }
}
