package io.mooring.bench.evm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Another EVM, run as its makers ship it, measuring itself. */
sealed interface Peer permits Peer.Geth, Peer.Revm {
  int SECONDS_MAX = 120;

  String name();

  /** What a run takes and how much gas the message used. */
  Figure measure(Workload workload);

  /** The command that runs the workload once, for the cost of a whole process. */
  List<String> onceCommand(Workload workload);

  /**
   * @param gasUsed by the message alone, intrinsic gas left out; -1 where the peer does not say
   */
  record Figure(double micros, long gasUsed) {}

  /** go-ethereum's {@code evm run --bench}: Go's benchmark of a copied state and a call on it. */
  record Geth(Path program, Path scratch) implements Peer {
    /** Osaka from the start; without it the tool runs rules that are still being drafted. */
    private static final String GENESIS =
        """
        {"config":{"chainId":1,"homesteadBlock":0,"eip150Block":0,"eip155Block":0,"eip158Block":0,\
        "byzantiumBlock":0,"constantinopleBlock":0,"petersburgBlock":0,"istanbulBlock":0,\
        "berlinBlock":0,"londonBlock":0,"terminalTotalDifficulty":0,"shanghaiTime":0,\
        "cancunTime":0,"pragueTime":0,"osakaTime":0,"blobSchedule":{\
        "cancun":{"target":3,"max":6,"baseFeeUpdateFraction":3338477},\
        "prague":{"target":6,"max":9,"baseFeeUpdateFraction":5007716},\
        "osaka":{"target":6,"max":9,"baseFeeUpdateFraction":5007716}}},\
        "gasLimit":"0x%x","difficulty":"0x0","alloc":{}}
        """;

    private static final Pattern GAS = Pattern.compile("EVM gas used: +(\\d+)");
    private static final Pattern TIME = Pattern.compile("execution time: +([\\d.]+)(ns|µs|ms|s)");

    @Override
    public String name() {
      return "geth";
    }

    @Override
    public Figure measure(Workload workload) {
      String output = Shell.output(scratch, command(workload, "--bench"));
      return new Figure(
          Shell.micros(TIME, output), Long.parseLong(Shell.find(GAS, output).group(1)));
    }

    @Override
    public List<String> onceCommand(Workload workload) {
      return command(workload);
    }

    private List<String> command(Workload workload, String... more) {
      Path genesis = scratch.resolve("osaka-" + workload.gas() + ".json");
      Shell.write(genesis, GENESIS.formatted(workload.gas()));
      List<String> command = new ArrayList<>(List.of(program.toString(), "run"));
      command.addAll(Arrays.asList(more));
      command.addAll(List.of("--prestate", genesis.toString()));
      command.addAll(List.of("--codefile", Shell.codeFile(scratch, workload)));
      command.addAll(List.of("--input", workload.inputHex()));
      return command;
    }
  }

  /** revm's {@code revme evm --bench}: criterion's benchmark of a transaction. */
  record Revm(Path program, Path scratch) implements Peer {
    private static final Pattern TIME =
        Pattern.compile("time: +\\[[\\d.]+ \\S+ ([\\d.]+) (ns|µs|ms|s) ");
    private static final Pattern GAS = Pattern.compile("total_gas_spent: (\\d+)");

    @Override
    public String name() {
      return "revm";
    }

    @Override
    public Figure measure(Workload workload) {
      if (workload.gas() > Workload.TRANSACTION_GAS_MAX) {
        // The command caps a transaction's gas; its own benchmark of the same code lifts the cap.
        String output =
            Shell.output(scratch, List.of(program.toString(), "bench", workload.name()));
        return new Figure(Shell.micros(TIME, output), -1);
      }
      String output = Shell.output(scratch, command(workload, "--bench"));
      String once = Shell.output(scratch, command(workload));
      long spent = Long.parseLong(Shell.find(GAS, once).group(1));
      return new Figure(Shell.micros(TIME, output), spent - intrinsicGas(workload));
    }

    private static long intrinsicGas(Workload workload) {
      long gas = 21_000;
      for (byte b : workload.input()) {
        gas += b == 0 ? 4 : 16;
      }
      return gas;
    }

    @Override
    public List<String> onceCommand(Workload workload) {
      return workload.gas() > Workload.TRANSACTION_GAS_MAX ? List.of() : command(workload);
    }

    private List<String> command(Workload workload, String... more) {
      List<String> command = new ArrayList<>(List.of(program.toString(), "evm"));
      command.addAll(Arrays.asList(more));
      command.addAll(List.of("--path", Shell.codeFile(scratch, workload)));
      command.addAll(List.of("--input", workload.inputHex()));
      command.addAll(List.of("--gas-limit", Long.toString(Workload.TRANSACTION_GAS_MAX)));
      return command;
    }
  }

  /** Running a program and reading what it printed. */
  final class Shell {
    private static final String TIMED = "TIMEFORMAT='cpu %U %S'; time \"$@\" >/dev/null 2>&1";
    private static final Pattern CPU = Pattern.compile("cpu ([\\d.]+) ([\\d.]+)");

    private Shell() {}

    static String output(Path folder, List<String> command) {
      try {
        Process process =
            new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS) || process.exitValue() != 0) {
          process.destroyForcibly();
          throw new IllegalStateException(String.join(" ", command) + " failed:\n" + output);
        }
        return output;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted", e);
      }
    }

    /** User and system time of a process, starting up included. */
    static double cpuMillis(Path folder, List<String> command) {
      List<String> timed = new ArrayList<>(List.of("bash", "-c", TIMED, "timed"));
      timed.addAll(command);
      Matcher matcher = find(CPU, output(folder, timed));
      return 1e3 * (Double.parseDouble(matcher.group(1)) + Double.parseDouble(matcher.group(2)));
    }

    static Matcher find(Pattern pattern, String output) {
      Matcher matcher = pattern.matcher(output);
      if (!matcher.find()) {
        throw new IllegalStateException("no " + pattern + " in:\n" + output);
      }
      return matcher;
    }

    static double micros(Pattern time, String output) {
      Matcher matcher = find(time, output);
      double value = Double.parseDouble(matcher.group(1));
      return switch (matcher.group(2)) {
        case "ns" -> value / 1e3;
        case "µs" -> value;
        case "ms" -> value * 1e3;
        case "s" -> value * 1e6;
        default -> throw new IllegalStateException("no such unit: " + matcher.group(2));
      };
    }

    static String codeFile(Path scratch, Workload workload) {
      Path file = scratch.resolve(workload.name() + ".hex");
      write(file, workload.codeHex());
      return file.toString();
    }

    static void write(Path file, String text) {
      try {
        Files.writeString(file, text);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
