package io.mooring.localstack;

/** Where the engines keep what they are told. */
public enum Engine {
  /** In files under the home, surviving restarts. */
  FILE,
  /** In memory, for measurements: everything is forgotten at the end. */
  MEMORY,
  /** In LocalStack, which make localstack-up started, in the stores of the stack. */
  LOCALSTACK;

  static Engine named(String name) {
    return switch (name) {
      case "file" -> FILE;
      case "memory" -> MEMORY;
      case "localstack" -> LOCALSTACK;
      case String other ->
          throw new StartRefusedException(
              "MOORING_ENGINE is '" + other + "'; it may be 'file', 'memory' or 'localstack'");
    };
  }
}
