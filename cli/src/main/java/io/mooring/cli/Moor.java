package io.mooring.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code moor}, the command line of Mooring. */
@Command(
    name = "moor",
    mixinStandardHelpOptions = true,
    version = "moor 0.1.0",
    description = "Append to verifiable ledgers, and verify them without trusting who runs them.",
    subcommands = {
      Append.class,
      Prove.class,
      Verify.class,
      Mirror.class,
      Bill.class,
      Scrub.class,
      Rebuild.class,
      Repair.class
    },
    scope = CommandLine.ScopeType.INHERIT)
public final class Moor implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec command;

  public static void main(String[] arguments) {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    int exit = Judgement.UNKNOWN.exitCode();
    try {
      exit = run(out, err, arguments);
    } catch (
        Error e) { // left alone it would end the JVM with 1, which says that something is false
      err.println("moor: a fault of moor itself: " + e);
    }
    System.exit(exit);
  }

  /** Runs one command line and gives its exit code. */
  public static int run(PrintWriter out, PrintWriter err, String... arguments) {
    return new CommandLine(new Moor())
        .setOut(out)
        .setErr(err)
        .setExpandAtFiles(false) // here @FILE is a file of keys
        .setExecutionExceptionHandler(Moor::failed)
        .execute(arguments);
  }

  @Override
  public Integer call() {
    throw new ParameterException(command.commandLine(), "say what to do");
  }

  private static int failed(
      Exception cause, CommandLine command, CommandLine.ParseResult arguments) {
    String words =
        cause instanceof CannotTellException
            ? String.valueOf(cause.getMessage())
            : "a fault of moor itself: " + cause;
    if (command.getParseResult().hasMatchedOption("--json")) {
      Judgement judgement = Judgement.UNKNOWN;
      command.getOut().println(Json.write(Map.of("verdict", judgement.word(), "reason", words)));
      command.getOut().flush();
    } else {
      command.getErr().println("moor: " + words);
      command.getErr().flush();
    }
    return Judgement.UNKNOWN.exitCode();
  }
}
