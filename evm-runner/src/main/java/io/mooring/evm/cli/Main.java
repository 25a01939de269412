package io.mooring.evm.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** The command line: which command, and what its exit code says. */
public final class Main {
  static final int OK = 0;
  static final int FAILED = 1;
  static final int MISUSED = 2;

  private static final String USAGE =
      """
      evm-runner COMMAND
        statetest [--fork F] [--engine mooring|besu] [--trace] [--threads N] PATH...
            runs Ethereum state tests: JSON files, folders or zips; one JSON line a case
        blocktest [--fork F] [--engine mooring|besu] [--threads N] PATH...
            runs Ethereum blockchain tests in the same way
        run --code HEX [--input HEX] [--gas N] [--fork F] [--engine mooring|besu] [--bench]
            runs code once, or many times to measure it
        t8n --input.alloc FILE --input.env FILE --input.txs FILE --state.fork F ...
            computes one block, as go-ethereum's transition tool does
        help | version
      """;

  private Main() {}

  public static void main(String[] arguments) {
    PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    int exit = run(Arrays.asList(arguments), out, System.err);
    out.flush();
    System.exit(exit);
  }

  static int run(List<String> arguments, PrintStream out, PrintStream err) {
    String command = arguments.isEmpty() ? "" : arguments.getFirst();
    try {
      Options options = Options.parse(arguments.stream().skip(1).toList());
      return switch (command) {
        case "statetest" -> TestCommand.runStateTests(options, out, err);
        case "blocktest" -> TestCommand.runBlockTests(options, out, err);
        case "run" -> RunCommand.run(options, out, err);
        case "t8n" -> TransitionCommand.run(options, out, err);
        case "help", "--help", "-h" -> {
          out.print(USAGE);
          yield OK;
        }
        default -> {
          err.print(USAGE);
          yield MISUSED;
        }
      };
    } catch (Options.Misuse misuse) {
      err.println("evm-runner " + command + ": " + misuse.getMessage());
      return MISUSED;
    } catch (IOException unreadable) {
      err.println("evm-runner " + command + ": " + unreadable);
      return MISUSED;
    }
  }
}
