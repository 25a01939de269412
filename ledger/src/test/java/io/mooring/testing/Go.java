package io.mooring.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Programs in Go, which share no code with Mooring, built and run by tests. */
public final class Go {
  private static final Path BUILT = Path.of("target/go").toAbsolutePath();
  private static final long SECONDS_MAX = 300;

  /** How a run ended. */
  public record Outcome(int exit, String output) {}

  private Go() {}

  /** Builds the program in a folder. */
  public static Path build(Path source) {
    Path program = BUILT.resolve(source.getFileName());
    mustRun(source, "go", "build", "-o", program.toString(), ".");
    return program;
  }

  /** Builds a program of a published module, {@code path@version}. */
  public static Path install(String module) {
    mustRun(Path.of("."), "go", "install", module);
    String path = module.substring(0, module.indexOf('@'));
    return BUILT.resolve(path.substring(path.lastIndexOf('/') + 1));
  }

  public static Outcome run(Path program, String... arguments) {
    String[] command = new String[arguments.length + 1];
    command[0] = program.toString();
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    return execute(Path.of("."), Map.of(), command);
  }

  /** Runs lines of shell in which Go is called. */
  public static Outcome shell(Path folder, String script, Map<String, String> environment) {
    requireInstalled();
    return execute(folder, environment, "sh", "-e", "-c", script);
  }

  private static void mustRun(Path folder, String... command) {
    requireInstalled();
    Outcome outcome = execute(folder, Map.of(), command);
    assertEquals(0, outcome.exit, outcome.output);
  }

  /** Without Go the test is left out with one line, except in CI, where Go must be. */
  private static void requireInstalled() {
    boolean installed =
        Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .anyMatch(bin -> Files.isExecutable(Path.of(bin, "go")));
    if (!installed) {
      String line = "Go is not installed: our logs meet no foreign verifier in this run";
      assertFalse(Boolean.parseBoolean(System.getenv("CI")), line);
      System.out.println(line);
      assumeTrue(false, line);
    }
  }

  private static Outcome execute(Path folder, Map<String, String> environment, String... command) {
    try {
      Path output = Files.createTempFile("go", ".txt");
      ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
      builder.environment().put("GOFLAGS", "-mod=readonly -buildvcs=false");
      builder.environment().putAll(environment);
      builder.environment().put("GOBIN", BUILT.toString());
      Process process = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
      if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(List.of(command) + " took more than " + SECONDS_MAX + " s");
      }
      return new Outcome(process.exitValue(), Files.readString(output));
    } catch (IOException e) {
      throw new AssertionError(List.of(command) + " cannot be run", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(List.of(command) + " was interrupted", e);
    }
  }
}
