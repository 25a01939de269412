package io.mooring.bench.evm;

import io.mooring.evm.Evm;
import io.mooring.evm.interpreter.Interpreter;

/** The engine that is measured, and that is fuzzed. */
public final class Engine {
  private Engine() {}

  public static Evm ours() {
    return new Interpreter();
  }
}
