package io.mooring.evm.cli;

import io.mooring.evm.Evm;
import io.mooring.evm.EvmProvider;
import io.mooring.evm.interpreter.Interpreter;
import java.util.ServiceLoader;

/** The engines by name: our own is always there, others where their module is on the class path. */
public final class Engines {
  public static final String DEFAULT = "mooring";

  private Engines() {}

  public static Evm named(String name) {
    if (name.equals(DEFAULT)) {
      return new Interpreter();
    }
    for (EvmProvider provider : ServiceLoader.load(EvmProvider.class)) {
      if (provider.name().equals(name)) {
        return provider.create();
      }
    }
    throw new Options.Misuse(
        "the engine " + name + " is not in this build; besu's is built with the profile besu");
  }
}
