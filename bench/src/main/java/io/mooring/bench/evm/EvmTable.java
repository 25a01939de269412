package io.mooring.bench.evm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * The table: every workload on our engine and on the peers, one right after the other.
 *
 * <p>{@code EvmTable PEERS [SECONDS [WORKLOAD…]]}, where PEERS is a folder with {@code evm} and
 * {@code revme}, and SECONDS is how long our engine warms up and, again, is measured.
 */
public final class EvmTable {
  private static final int SECONDS = 5;
  private static final double GAS_PER_MEGAGAS = 1e6;

  private EvmTable() {}

  private record Row(Workload workload, long gas, double ours, double geth, double revm) {}

  public static void main(String[] arguments) throws IOException, RunnerException {
    Path peers = Path.of(arguments[0]).toAbsolutePath();
    int seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : SECONDS;
    List<String> wanted =
        Arrays.asList(arguments).subList(Math.min(2, arguments.length), arguments.length);
    Path scratch = Files.createTempDirectory("evm-table");
    Peer geth = new Peer.Geth(peers.resolve("evm"), scratch);
    Peer revm = new Peer.Revm(peers.resolve("revme"), scratch);

    System.out.printf(
        "# %s, %s, %d processors, Java %s, %d s warm-up and %d s measured%n",
        Instant.now().truncatedTo(ChronoUnit.MINUTES),
        processor(),
        Runtime.getRuntime().availableProcessors(),
        Runtime.version(),
        seconds,
        seconds);
    System.out.println(
        "| workload | Mgas | ours µs | geth µs | revm µs | ours Mgas/s | geth Mgas/s | revm Mgas/s"
            + " | ours/geth | ours/revm | ours, whole process: CPU ms | geth | revm |");
    System.out.println(
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
    List<Row> rows = new ArrayList<>();
    for (Workload workload : Workloads.ALL) {
      if (wanted.isEmpty() || wanted.contains(workload.name())) {
        Row row = measure(workload, geth, revm, seconds);
        rows.add(row);
        System.out.println(line(row, geth, revm, scratch));
      }
    }
    System.out.printf(
        Locale.ROOT,
        "| geometric mean | | | | | | | | **%.2f** | **%.2f** | | | |%n",
        geometricMean(rows.stream().map(row -> row.geth / row.ours).toList()),
        geometricMean(rows.stream().map(row -> row.revm / row.ours).toList()));
  }

  private static Row measure(Workload workload, Peer geth, Peer revm, int seconds)
      throws RunnerException {
    long gas = new Run(Engine.ours(), workload).once().gasUsed();
    double ours = ours(workload, seconds);
    Peer.Figure gethFigure = geth.measure(workload);
    Peer.Figure revmFigure = revm.measure(workload);
    requireSameGas(workload, gas, gethFigure);
    requireSameGas(workload, gas, revmFigure);
    return new Row(workload, gas, ours, gethFigure.micros(), revmFigure.micros());
  }

  /** A peer that did other work than we did cannot be compared. */
  private static void requireSameGas(Workload workload, long gas, Peer.Figure figure) {
    if (figure.gasUsed() >= 0 && figure.gasUsed() != gas) {
      throw new IllegalStateException(
          "%s: we used %d gas, a peer %d".formatted(workload.name(), gas, figure.gasUsed()));
    }
  }

  private static double ours(Workload workload, int seconds) throws RunnerException {
    RunResult result =
        new Runner(
                new OptionsBuilder()
                    .include(Pattern.quote(EngineBenchmark.class.getName()))
                    .param("workload", workload.name())
                    .warmupIterations(seconds)
                    .warmupTime(TimeValue.seconds(1))
                    .measurementIterations(seconds)
                    .measurementTime(TimeValue.seconds(1))
                    .jvmArgsAppend(EngineBenchmark.UNSAFE_IS_KNOWN)
                    .verbosity(VerboseMode.SILENT)
                    .build())
            .runSingle();
    return result.getPrimaryResult().getScore();
  }

  private static String line(Row row, Peer geth, Peer revm, Path scratch) {
    double megagas = row.gas / GAS_PER_MEGAGAS;
    return String.format(
        Locale.ROOT,
        "| %s | %.3f | %.0f | %.0f | %.0f | %.0f | %.0f | %.0f | %.2f | %.2f | %s | %s | %s |",
        row.workload.name(),
        megagas,
        row.ours,
        row.geth,
        row.revm,
        megagas / row.ours * 1e6,
        megagas / row.geth * 1e6,
        megagas / row.revm * 1e6,
        row.geth / row.ours,
        row.revm / row.ours,
        cpuMillis(scratch, OneRun.command(row.workload)),
        cpuMillis(scratch, geth.onceCommand(row.workload)),
        cpuMillis(scratch, revm.onceCommand(row.workload)));
  }

  private static String cpuMillis(Path scratch, List<String> command) {
    return command.isEmpty()
        ? "-"
        : String.format(Locale.ROOT, "%.0f", Peer.Shell.cpuMillis(scratch, command));
  }

  static double geometricMean(List<Double> ratios) {
    return Math.exp(ratios.stream().mapToDouble(Math::log).average().orElse(Double.NaN));
  }

  static String processor() throws IOException {
    Path info = Path.of("/proc/cpuinfo");
    if (!Files.exists(info)) {
      return System.getProperty("os.arch");
    }
    return Files.readAllLines(info).stream()
        .filter(line -> line.startsWith("model name"))
        .map(line -> line.substring(line.indexOf(':') + 1).trim())
        .findFirst()
        .orElse(System.getProperty("os.arch"));
  }
}
