package io.mooring.cli;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Says how far a long piece of work is, once a second at most and at its end. */
final class Progress {
  private static final long NANOS_BETWEEN = TimeUnit.SECONDS.toNanos(1);

  private final Output output;
  private final String verb;
  private final long total;
  private final AtomicLong done = new AtomicLong();
  private final AtomicLong spoken = new AtomicLong(System.nanoTime());

  Progress(Output output, String verb, long total) {
    this.output = output;
    this.verb = verb;
    this.total = total;
  }

  void oneMore() {
    upTo(done.incrementAndGet());
  }

  void upTo(long count) {
    long now = System.nanoTime();
    long last = spoken.get();
    boolean due = now - last >= NANOS_BETWEEN && spoken.compareAndSet(last, now);
    if (due || count == total) {
      output.progress(verb + " " + Words.count(count) + " of " + Words.count(total));
    }
  }
}
