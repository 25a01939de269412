package io.mooring.ledger.foreign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The program in {@code src/test/go}, built once; it shares no code with Mooring. */
final class GoProgram {
  private static final Path SOURCE = Path.of("src/test/go");
  private static final Path BUILT = Path.of("target/foreign").toAbsolutePath();
  private static final long SECONDS_MAX = 300;

  /** How a run ended. */
  record Outcome(int exit, String output) {}

  private GoProgram() {}

  /** Builds the program. Without Go the test is left out, except in CI, where Go must be. */
  static void build() {
    boolean go =
        Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "go")));
    if (!go) {
      String line = "Go is not installed: our logs are not shown to a foreign verifier in this run";
      assertFalse(Boolean.parseBoolean(System.getenv("CI")), line);
      System.out.println(line);
      assumeTrue(false, line);
    }
    Outcome outcome = execute(SOURCE, List.of("go", "build", "-o", BUILT.toString(), "."));
    assertEquals(0, outcome.exit, outcome.output);
  }

  static Outcome run(String... arguments) {
    List<String> command = new ArrayList<>(List.of(BUILT.toString()));
    command.addAll(List.of(arguments));
    return execute(Path.of("."), command);
  }

  private static Outcome execute(Path folder, List<String> command) {
    try {
      Path output = Files.createTempFile("go", ".txt");
      ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
      builder.environment().put("GOFLAGS", "-mod=readonly -buildvcs=false");
      Process process = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
      if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(command + " took more than " + SECONDS_MAX + " s");
      }
      return new Outcome(process.exitValue(), Files.readString(output));
    } catch (IOException e) {
      throw new AssertionError(command + " cannot be run", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(command + " was interrupted", e);
    }
  }
}
