package io.mooring.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code moor bill}: what was paid, and whether it is what was used. */
@Command(
    name = "bill",
    description = "Compute invoices again from the log alone.",
    subcommands = BillVerify.class)
final class Bill implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec command;

  @Override
  public Integer call() {
    throw new ParameterException(command.commandLine(), "say what to do about the bill");
  }
}
