package io.mooring.platform.commit.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntFunction;

/** Clients that each do one thing after the other, as fast as they are answered, for a while. */
final class Load {
  private static final int SAMPLES_MAX = 200_000;

  private Load() {}

  /** One thing that a client does; gives the number of entries that were acknowledged. */
  interface Step {
    int run() throws Exception;
  }

  /** What a load did: entries acknowledged, per second and in all, and how long answers took. */
  record Result(double perSecond, long entries, long refused, double p50, double p99) {
    String row(String name) {
      return String.format(
          "| %-58s | %,12.0f | %,9d | %7.1f | %7.1f | %,6d |",
          name, perSecond, entries, p50, p99, refused);
    }

    static String heading() {
      return String.format(
              "| %-58s | %12s | %9s | %7s | %7s | %6s |",
              "operation", "entries/s", "entries", "p50 ms", "p99 ms", "not ok")
          + "\n|---|---:|---:|---:|---:|---:|";
    }
  }

  static Result run(int clients, long warmUpMillis, long millis, IntFunction<Step> client)
      throws Exception {
    long begin = System.nanoTime() + warmUpMillis * 1_000_000;
    long end = begin + millis * 1_000_000;
    LongAdder entries = new LongAdder();
    LongAdder refused = new LongAdder();
    List<long[]> samples = new ArrayList<>();
    CountDownLatch done = new CountDownLatch(clients);
    for (int i = 0; i < clients; i++) {
      Step step = client.apply(i);
      Thread.ofVirtual()
          .start(
              () -> {
                long[] mine = live(step, begin, end, entries, refused, SAMPLES_MAX / clients + 16);
                synchronized (samples) {
                  samples.add(mine);
                }
                done.countDown();
              });
    }
    done.await();
    long[] all = samples.stream().flatMapToLong(Arrays::stream).sorted().toArray();
    double seconds = millis / 1e3;
    return new Result(
        entries.sum() / seconds, entries.sum(), refused.sum(), at(all, 0.5), at(all, 0.99));
  }

  private static long[] live(
      Step step, long begin, long end, LongAdder entries, LongAdder refused, int most) {
    long[] samples = new long[most];
    int count = 0;
    long before = System.nanoTime();
    while (before < end) {
      int acknowledged;
      try {
        acknowledged = step.run();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
      long after = System.nanoTime();
      if (after >= begin && after < end) {
        if (acknowledged == 0) {
          refused.increment();
        } else {
          entries.add(acknowledged);
          samples[count++ % most] = after - before;
        }
      }
      before = after;
    }
    return Arrays.copyOf(samples, Math.min(count, most));
  }

  private static double at(long[] sorted, double part) {
    return sorted.length == 0 ? 0 : sorted[(int) (part * (sorted.length - 1))] / 1e6;
  }
}
