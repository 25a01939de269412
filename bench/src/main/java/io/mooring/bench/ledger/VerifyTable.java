package io.mooring.bench.ledger;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** {@code VerifyTable FOLDER} writes a log there and says how fast it is checked. */
public final class VerifyTable {
  private static final double MICROS = 1e6;

  private VerifyTable() {}

  public static void main(String[] args) throws IOException, RunnerException {
    Path folder = Path.of(args[0]);
    WrittenLog.writeTo(folder);
    System.out.printf(
        Locale.ROOT,
        "a proof file of a log of %,d entries, parsed and verified: %.0f µs%n",
        WrittenLog.ENTRIES,
        micros("proofFile", folder));
    double micros = micros("audit", folder);
    System.out.printf(
        Locale.ROOT,
        "an audit of all %,d entries of %d bytes from files, one thread: %.2f s, %,.0f entries/s%n",
        WrittenLog.ENTRIES,
        WrittenLog.ENTRY_BYTES,
        micros / MICROS,
        WrittenLog.ENTRIES * MICROS / micros);
  }

  private static double micros(String benchmark, Path folder) throws RunnerException {
    return new Runner(
            new OptionsBuilder()
                .include(VerifyBenchmark.class.getName() + "\\." + benchmark)
                .jvmArgsAppend("-D" + VerifyBenchmark.FOLDER + "=" + folder)
                .verbosity(VerboseMode.SILENT)
                .build())
        .runSingle()
        .getPrimaryResult()
        .getScore();
  }
}
