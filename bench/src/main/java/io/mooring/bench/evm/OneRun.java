package io.mooring.bench.evm;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.List;

/**
 * One run of one workload in a process of its own, for what a process costs and how soon the engine
 * is ready: prints the milliseconds from before the engine's first class is loaded to the first
 * outcome, and to the second.
 */
public final class OneRun {
  private static final double NANOS_PER_MILLI = 1e6;

  private OneRun() {}

  public static void main(String[] arguments) {
    Workload workload = Workloads.named(arguments[0]);
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long start = System.nanoTime();
    long cpuStart = threads.getCurrentThreadCpuTime();
    Run run = new Run(Engine.ours(), workload);
    run.once();
    long first = System.nanoTime();
    long cpuFirst = threads.getCurrentThreadCpuTime();
    run.once();
    long second = System.nanoTime();
    System.out.println(
        "first outcome after %.1f ms (%.1f ms of CPU), second after %.1f ms more"
            .formatted(
                (first - start) / NANOS_PER_MILLI,
                (cpuFirst - cpuStart) / NANOS_PER_MILLI,
                (second - first) / NANOS_PER_MILLI));
  }

  static List<String> command(Workload workload) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-cp",
        System.getProperty("java.class.path"),
        OneRun.class.getName(),
        workload.name());
  }
}
