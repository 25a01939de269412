package io.mooring.bench.evm;

import io.mooring.evm.crypto.Secp256k1;
import io.mooring.evm.pairing.Bls12381;
import java.util.Locale;
import java.util.regex.Pattern;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** What each precompile takes for the gas it costs. */
public final class PrecompileTable {
  private PrecompileTable() {}

  public static void main(String[] arguments) throws RunnerException, NoSuchFieldException {
    System.out.printf(
        "# secp256k1 by %s, BLS12-381 by %s%n",
        Secp256k1.fastest().name(), Bls12381.fastest().name());
    System.out.println("| precompile | gas | µs | Mgas/s |");
    System.out.println("| --- | ---: | ---: | ---: |");
    for (String work :
        PrecompileBenchmark.class.getField("work").getAnnotation(Param.class).value()) {
      PrecompileBenchmark benchmark = new PrecompileBenchmark();
      benchmark.work = work;
      benchmark.prepare();
      double micros =
          new Runner(
                  new OptionsBuilder()
                      .include(Pattern.quote(PrecompileBenchmark.class.getName()))
                      .param("work", work)
                      .jvmArgsAppend(EngineBenchmark.UNSAFE_IS_KNOWN)
                      .verbosity(VerboseMode.SILENT)
                      .build())
              .runSingle()
              .getPrimaryResult()
              .getScore();
      System.out.printf(
          Locale.ROOT,
          "| %s | %d | %.1f | %.0f |%n",
          work,
          benchmark.gas(),
          micros,
          benchmark.gas() / micros);
    }
  }
}
