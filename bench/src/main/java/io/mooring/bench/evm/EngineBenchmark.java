package io.mooring.bench.evm;

import io.mooring.evm.Outcome;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Our engine on every workload: a fresh world over one that is kept, and one message on it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class EngineBenchmark {
  /** JMH uses Unsafe; the JVM would warn of it between the rows of the tables. */
  static final String UNSAFE_IS_KNOWN = "--sun-misc-unsafe-memory-access=allow";

  @Param({
    "arithmetic",
    "mulmod",
    "div",
    "exp",
    "keccak-32",
    "keccak-1024",
    "memory",
    "mcopy",
    "storage",
    "call-serial",
    "call-nested",
    "snailtracer",
    "erc20-5000",
    "erc20-one"
  })
  public String workload = "";

  private Run run = new Run(Engine.ours(), Workloads.ALL.getFirst());

  @Setup
  public void prepare() {
    run = new Run(Engine.ours(), Workloads.named(workload));
  }

  @Benchmark
  public Outcome execute() {
    return run.once();
  }
}
