package io.mooring.ledgers.foreign;

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

/** Verifiers that share no code with Mooring, built from their authors' own modules. */
final class GoTools {
  private static final Path BUILT = Path.of("target/foreign").toAbsolutePath();
  private static final Path SUMDB_SOURCE = Path.of("../../ledger/src/test/go");
  private static final String FSCK = "github.com/transparency-dev/tessera/cmd/fsck@v1.0.4";
  private static final long SECONDS_MAX = 300;

  /** How a run ended. */
  record Outcome(int exit, String output) {}

  private GoTools() {}

  /** Without Go the suite is left out, except in CI, where Go must be. */
  static void requireGo() {
    boolean go =
        Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "go")));
    if (!go) {
      String line = "Go is not installed: what is served is not shown to foreign verifiers here";
      assertFalse(Boolean.parseBoolean(System.getenv("CI")), line);
      System.out.println(line);
      assumeTrue(false, line);
    }
  }

  /** Tessera's fsck, which reads a log over HTTP as its auditors do. */
  static Outcome fsck(String... arguments) {
    build(Path.of("."), "go", "install", FSCK);
    return run("fsck", arguments);
  }

  /** The program of {@code ledger/src/test/go}: Go's sumdb packages over a copied log. */
  static Outcome sumdb(String... arguments) {
    build(SUMDB_SOURCE, "go", "build", "-o", BUILT.resolve("sumdb").toString(), ".");
    return run("sumdb", arguments);
  }

  private static void build(Path folder, String... command) {
    Outcome outcome = execute(folder, List.of(command));
    assertEquals(0, outcome.exit, outcome.output);
  }

  private static Outcome run(String program, String... arguments) {
    List<String> command = new ArrayList<>(List.of(BUILT.resolve(program).toString()));
    command.addAll(List.of(arguments));
    return execute(Path.of("."), command);
  }

  private static Outcome execute(Path folder, List<String> command) {
    try {
      Path output = Files.createTempFile("go", ".txt");
      ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
      builder.environment().put("GOBIN", BUILT.toString());
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
