package io.mooring.evm.cli;

import io.mooring.evm.Address;
import io.mooring.evm.BlockContext;
import io.mooring.evm.Environment;
import io.mooring.evm.Evm;
import io.mooring.evm.Fork;
import io.mooring.evm.Limits;
import io.mooring.evm.Message;
import io.mooring.evm.Outcome;
import io.mooring.evm.TransactionContext;
import io.mooring.evm.U256;
import io.mooring.evm.conformance.ForkNames;
import io.mooring.evm.state.Code;
import io.mooring.evm.state.MemoryState;
import io.mooring.evm.state.WorldState;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** {@code run}: runs code once, or over and over to measure it. */
final class RunCommand {
  private static final Address SENDER = Address.fromHex("5e".repeat(20));
  private static final Address CONTRACT = Address.fromHex("c0".repeat(20));
  private static final long GAS = 10_000_000_000L;
  private static final long BENCH_NANOS_MIN = 3_000_000_000L;
  private static final int BENCH_RUNS_MIN = 5;
  private static final double NANOS_PER_MILLI = 1e6;
  private static final double GAS_PER_NANO_IN_MGAS_PER_SECOND = 1e3;

  private final Evm evm;
  private final Environment environment;
  private final MemoryState source;
  private final Message message;

  private RunCommand(Evm evm, Fork fork, byte[] code, byte[] input, long gas) {
    this.evm = evm;
    this.environment =
        new Environment(
            fork,
            new BlockContext(
                1,
                1,
                gas,
                Address.ZERO,
                U256.ZERO,
                U256.ZERO,
                U256.ONE,
                1,
                BlockContext.BlockHashes.NONE),
            new TransactionContext(SENDER, U256.ZERO, List.of()),
            Limits.STANDARD);
    this.source = new MemoryState().put(CONTRACT, 1, U256.ZERO, Code.of(code));
    this.message = Message.call(SENDER, CONTRACT, U256.ZERO, input, gas);
  }

  static int run(Options options, PrintStream out, PrintStream err) throws IOException {
    options
        .allowingNoOthers()
        .allowing("code", "codefile", "input", "gas", "fork", "engine", "bench");
    String forkName = options.find("fork").orElse("Osaka");
    Fork fork =
        ForkNames.find(forkName)
            .orElseThrow(() -> new Options.Misuse("there is no fork " + forkName));
    RunCommand command =
        new RunCommand(
            Engines.named(options.find("engine").orElse(Engines.DEFAULT)),
            fork,
            code(options),
            hex("input", options.find("input").orElse("")),
            options.number("gas", GAS));

    Outcome outcome = command.once();
    out.println("0x" + HexFormat.of().formatHex(outcome.output()));
    err.println(outcome.status() + (outcome.isSuccess() ? "" : " " + outcome.halt()));
    err.println("gas used " + outcome.gasUsed());
    if (options.has("bench")) {
      command.measure(err);
    }
    return outcome.isSuccess() ? Main.OK : Main.FAILED;
  }

  private Outcome once() {
    WorldState state = new WorldState(source);
    state.beginTransaction();
    state.warm(CONTRACT);
    return evm.execute(message, environment, state);
  }

  /** Runs for a while, warm-up included, and says what the fastest and the middle run took. */
  private void measure(PrintStream err) {
    long[] nanos = new long[0];
    long begin = System.nanoTime();
    long gas = 0;
    while (nanos.length < BENCH_RUNS_MIN || System.nanoTime() - begin < BENCH_NANOS_MIN) {
      long start = System.nanoTime();
      gas = once().gasUsed();
      nanos = Arrays.copyOf(nanos, nanos.length + 1);
      nanos[nanos.length - 1] = System.nanoTime() - start;
    }
    Arrays.sort(nanos);
    long median = nanos[nanos.length / 2];
    err.printf(
        "%d runs: fastest %.3f ms, median %.3f ms, %.0f Mgas/s at the median%n",
        nanos.length,
        nanos[0] / NANOS_PER_MILLI,
        median / NANOS_PER_MILLI,
        gas * GAS_PER_NANO_IN_MGAS_PER_SECOND / Math.max(median, 1));
  }

  private static byte[] code(Options options) throws IOException {
    if (options.find("codefile").isPresent()) {
      return hex("codefile", Files.readString(Path.of(options.find("codefile").get())).strip());
    }
    return hex(
        "code", options.find("code").orElseThrow(() -> new Options.Misuse("--code is missing")));
  }

  private static byte[] hex(String name, String digits) {
    try {
      return HexFormat.of().parseHex(digits.startsWith("0x") ? digits.substring(2) : digits);
    } catch (IllegalArgumentException notHex) {
      throw new Options.Misuse("--" + name + " needs hexadecimal digits");
    }
  }
}
