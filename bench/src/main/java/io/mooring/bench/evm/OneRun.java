package io.mooring.bench.evm;

import java.nio.file.Path;
import java.util.List;

/**
 * One run of one workload in a process of its own, for what a process costs and how soon the engine
 * is ready: prints the milliseconds from the first line of {@code main} to the first outcome.
 */
public final class OneRun {
  private OneRun() {}

  public static void main(String[] arguments) {
    long start = System.nanoTime();
    new Run(Engine.ours(), Workloads.named(arguments[0])).once();
    System.out.printf("%.1f ms%n", (System.nanoTime() - start) / 1e6);
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
