package io.mooring.harness;

import io.mooring.harness.Invocation.Outcome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A deployed function: starts an environment where none is idle, up to its bound, and then lets
 * callers wait as a client that is throttled and repeats would.
 */
public final class Function implements AutoCloseable {
  private final FunctionSettings settings;
  private final Path logs;
  private final Semaphore free;
  private final ConcurrentLinkedDeque<Environment> idle = new ConcurrentLinkedDeque<>();
  private final ConcurrentLinkedDeque<Environment> all = new ConcurrentLinkedDeque<>();
  private final AtomicInteger started = new AtomicInteger();
  private volatile boolean removed;

  public Function(FunctionSettings settings, Path logs) {
    this.settings = settings;
    this.logs = logs;
    this.free = new Semaphore(settings.environmentsMax(), true);
  }

  public Outcome invoke(byte[] event) {
    free.acquireUninterruptibly();
    try {
      if (removed) {
        return new Invocation.Died("the function was removed");
      }
      Environment environment = idleOne();
      Outcome outcome = environment.invoke(event, settings.limit());
      if (environment.isAlive() && !(outcome instanceof Invocation.TimedOut)) {
        idle.push(environment);
      } else {
        all.remove(environment);
        environment.close();
      }
      return outcome;
    } finally {
      free.release();
    }
  }

  private Environment idleOne() {
    for (Environment known = idle.poll(); known != null; known = idle.poll()) {
      if (known.isAlive()) {
        return known;
      }
      all.remove(known);
      known.close();
    }
    return coldOne();
  }

  private Environment coldOne() {
    String name = settings.name() + "-" + started.incrementAndGet();
    Environment cold = Environment.cold(settings, logs.resolve(name + ".log"));
    all.add(cold);
    Leftovers.remember(logs, name, cold.process());
    if (removed) {
      cold.close();
    }
    return cold;
  }

  /** How many cold starts there were. */
  public int coldStarts() {
    return started.get();
  }

  /** Starts environments before there are events for them; returns when they are ready. */
  public void warm(int environments) {
    List<Environment> cold = new ArrayList<>();
    for (int i = 0; i < environments; i++) {
      cold.add(coldOne());
    }
    cold.forEach(Environment::initialised);
    idle.addAll(cold);
  }

  /** The processes of its environments. */
  List<Environment> environments() {
    return List.copyOf(all);
  }

  /** Ends its environments, whatever they do. */
  @Override
  public void close() {
    removed = true;
    all.forEach(Environment::close);
    all.clear();
    idle.clear();
  }
}
