package io.mooring.bench.evm;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * One workload over and over in a process of its own: prints the least CPU time that a run took, in
 * milliseconds, once the just-in-time compiler had its time.
 */
public final class CpuRun {
  private static final long WARM_UP_NANOS = 2_000_000_000L;
  private static final long MEASURED_NANOS = 1_000_000_000L;
  private static final double NANOS_PER_MILLI = 1e6;

  private CpuRun() {}

  public static void main(String[] arguments) {
    Run run = new Run(Engine.ours(), Workloads.named(arguments[0]));
    leastNanos(run, WARM_UP_NANOS);
    double millis = leastNanos(run, MEASURED_NANOS) / NANOS_PER_MILLI;
    System.out.println("least " + String.format(Locale.ROOT, "%.3f", millis));
  }

  private static long leastNanos(Run run, long forNanos) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long start = threads.getCurrentThreadCpuTime();
    long least = Long.MAX_VALUE;
    for (long now = start; now - start < forNanos; ) {
      run.once();
      long after = threads.getCurrentThreadCpuTime();
      least = Math.min(least, after - now);
      now = after;
    }
    return least;
  }

  static List<String> command(Workload workload) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-cp",
        System.getProperty("java.class.path"),
        CpuRun.class.getName(),
        workload.name());
  }
}
