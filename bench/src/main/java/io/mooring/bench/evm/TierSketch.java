package io.mooring.bench.evm;

import java.lang.invoke.MethodHandle;
import java.util.HexFormat;
import java.util.function.LongSupplier;

/**
 * What compiling a loop to JVM bytecode would gain over interpreting it, in one run: compile time,
 * the first run, and the fastest of many. See docs/decisions/0011.
 */
public final class TierSketch {
  private static final int RUNS = 400;

  private TierSketch() {}

  public static void main(String[] args) throws Throwable {
    Workload workload = Workloads.named("arithmetic");
    Run interpreted = new Run(Engine.ours(), workload);
    long[] result = new long[4];

    long start = System.nanoTime();
    MethodHandle compiled = TierCompiler.compile(workload.code());
    double compileMillis = (System.nanoTime() - start) / 1e6;

    long gasUsed = workload.gas() - run(compiled, workload.gas(), result);
    requireSame(HexFormat.of().formatHex(interpreted.once().output()), hex(result));
    requireSame(Long.toString(interpreted.once().gasUsed()), Long.toString(gasUsed));
    double ours = fastestMillis(() -> interpreted.once().gasUsed());
    double tier = fastestMillis(() -> run(compiled, workload.gas(), result));
    System.out.printf(
        "%s: compiled in %.1f ms; interpreted %.2f ms, compiled %.2f ms, ratio %.1f%n",
        workload.name(), compileMillis, ours, tier, ours / tier);
  }

  private static long run(MethodHandle compiled, long gas, long[] result) {
    try {
      return (long) compiled.invokeExact(gas, result);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  private static double fastestMillis(LongSupplier run) {
    long fastest = Long.MAX_VALUE;
    for (int i = 0; i < RUNS; i++) {
      long start = System.nanoTime();
      run.getAsLong();
      fastest = Math.min(fastest, System.nanoTime() - start);
    }
    return fastest / 1e6;
  }

  private static String hex(long[] limbs) {
    return "%016x%016x%016x%016x".formatted(limbs[3], limbs[2], limbs[1], limbs[0]);
  }

  private static void requireSame(String interpreted, String compiled) {
    if (!interpreted.equals(compiled)) {
      throw new IllegalStateException("the tier came to " + compiled + ", not " + interpreted);
    }
  }
}
