package io.mooring.contracts.rpc;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Lets heavy work run in turns on a few threads. It stands in lines, one for each tenant and one
 * for the strangers on each public chain: a line has at most so much running and so much waiting,
 * and lines that wait are served one after the other, so that none waits for more than one piece of
 * each other's work a thread. Thread-safe.
 */
public final class Turns implements AutoCloseable {
  private final ExecutorService threads;
  private final int threadCount;
  private final int runningMax;
  private final int waitingMax;

  private final Map<String, Line> lines = new HashMap<>();
  private final Deque<Line> ready = new ArrayDeque<>();
  private int busy;

  private static final class Line {
    final String name;
    final Deque<Runnable> waiting = new ArrayDeque<>();
    int running;
    boolean isReady;

    Line(String name) {
      this.name = name;
    }
  }

  public Turns(int threadCount, int runningMax, int waitingMax) {
    this.threadCount = threadCount;
    this.runningMax = runningMax;
    this.waitingMax = waitingMax;
    this.threads =
        Executors.newFixedThreadPool(
            threadCount,
            work -> {
              Thread thread = new Thread(work, "rpc-turn");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Does the work in the turn of its line.
   *
   * @return what it gives or throws; or a refusal at once where the line is full
   */
  public <T> CompletableFuture<T> take(String name, Supplier<T> work) {
    CompletableFuture<T> result = new CompletableFuture<>();
    Runnable run =
        () -> {
          try {
            result.complete(work.get());
          } catch (Throwable failure) {
            result.completeExceptionally(failure);
          }
        };
    synchronized (this) {
      Line line = lines.computeIfAbsent(name, Line::new);
      if (line.waiting.size() >= waitingMax) {
        return CompletableFuture.failedFuture(
            RpcError.limit(RpcLimit.RPC_HEAVY_CALLS_WAITING_MAX, "too many calls at a time")
                .exception());
      }
      line.waiting.add(run);
      makeReady(line);
      serve();
    }
    return result;
  }

  private void makeReady(Line line) {
    if (!line.isReady && !line.waiting.isEmpty() && line.running < runningMax) {
      line.isReady = true;
      ready.add(line);
    }
  }

  private void serve() {
    while (busy < threadCount && !ready.isEmpty()) {
      Line line = ready.remove();
      line.isReady = false;
      Runnable work = line.waiting.remove();
      line.running++;
      busy++;
      makeReady(line);
      threads.execute(
          () -> {
            try {
              work.run();
            } finally {
              ended(line);
            }
          });
    }
  }

  private synchronized void ended(Line line) {
    busy--;
    line.running--;
    makeReady(line);
    if (line.running == 0 && line.waiting.isEmpty()) {
      lines.remove(line.name);
    }
    serve();
  }

  /** Lets what runs end, for a moment. */
  @Override
  public void close() {
    threads.shutdown();
    try {
      if (!threads.awaitTermination(1, TimeUnit.SECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException interrupted) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
