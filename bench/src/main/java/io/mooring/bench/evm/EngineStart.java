package io.mooring.bench.evm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleSupplier;
import java.util.regex.Pattern;

/**
 * How soon the engine is ready: from before its first class is loaded to the first outcome, and a
 * whole process less one that does nothing; each the middle of some processes.
 */
public final class EngineStart {
  private static final int PROCESSES = 15;
  private static final String NOTHING = "nothing";
  private static final double NANOS_PER_MILLI = 1e6;
  private static final Pattern FIRST = Pattern.compile("first outcome after ([\\d.]+) ms");

  private EngineStart() {}

  public static void main(String[] arguments) throws IOException {
    if (Arrays.asList(arguments).contains(NOTHING)) {
      return;
    }
    Path folder = Files.createTempDirectory("engine-start");
    List<String> run = OneRun.command(Workloads.named("erc20-one"));
    List<String> nothing =
        List.of(
            run.getFirst(),
            "-cp",
            System.getProperty("java.class.path"),
            EngineStart.class.getName(),
            NOTHING);
    double ready =
        median(
            () ->
                Double.parseDouble(
                    Peer.Shell.find(FIRST, Peer.Shell.output(folder, run)).group(1)));
    double process = median(() -> millis(folder, run));
    double empty = median(() -> millis(folder, nothing));

    System.out.printf(
        Locale.ROOT,
        "# engine start, erc20-one; %s, %s, %d processors, Java %s, the middle of %d processes%n",
        Instant.now().truncatedTo(ChronoUnit.MINUTES),
        EvmTable.processor(),
        Runtime.getRuntime().availableProcessors(),
        Runtime.version(),
        PROCESSES);
    System.out.println("| | ms |");
    System.out.println("| --- | ---: |");
    row("from the engine's first class to the first outcome", ready);
    row("a whole process that runs the workload twice", process);
    row("a process that does nothing", empty);
    row("the difference", process - empty);
  }

  private static void row(String what, double millis) {
    System.out.printf(Locale.ROOT, "| %s | %.0f |%n", what, millis);
  }

  private static double millis(Path folder, List<String> command) {
    long start = System.nanoTime();
    Peer.Shell.output(folder, command);
    return (System.nanoTime() - start) / NANOS_PER_MILLI;
  }

  private static double median(DoubleSupplier measured) {
    double[] millis = new double[PROCESSES];
    for (int i = 0; i < PROCESSES; i++) {
      millis[i] = measured.getAsDouble();
    }
    Arrays.sort(millis);
    return millis[PROCESSES / 2];
  }
}
