package io.mooring.e2e;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mooring.Project;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Node and npm, as a guide's reader has them. */
final class NodeTools {
  private static final List<String> LOCKED = List.of("package.json", "package-lock.json");

  /** npm says what fails, and nothing about funding, audits and newer versions of itself. */
  private static final Map<String, String> QUIET =
      Map.of(
          "npm_config_audit", "false",
          "npm_config_fund", "false",
          "npm_config_loglevel", "error",
          "npm_config_update_notifier", "false");

  private NodeTools() {}

  /** Without Node the test is left out with one line, except in CI, where Node must be. */
  static void requireInstalled() {
    boolean installed =
        Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .anyMatch(bin -> Files.isExecutable(Path.of(bin, "npm")));
    if (!installed) {
      String line = "Node is not installed: the chains meet no JavaScript client in this run";
      assertFalse(Boolean.parseBoolean(System.getenv("CI")), line);
      System.out.println(line);
      assumeTrue(false, line);
    }
  }

  /** Runs a line of shell in a folder. */
  static LocalProduct.Said run(Path folder, String line) {
    ProcessBuilder shell = new ProcessBuilder("bash", "-c", line);
    shell.redirectErrorStream(true).directory(folder.toFile());
    shell.environment().putAll(QUIET);
    return LocalProduct.run(shell);
  }

  /**
   * Runs a guide in an empty folder. What it installs is what the lock file in {@code
   * src/test/npm/<name>} says, every package of it.
   */
  static void runGuide(String name, Path folder, LocalProduct product) {
    requireInstalled();
    Path locks = Project.root().resolve("e2e/src/test/npm").resolve(name);
    try {
      for (String file : LOCKED) {
        Files.copy(locks.resolve(file), folder.resolve(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot prepare " + folder, e);
    }
    ConsolePage page = ConsolePage.of("docs/guides/" + name + ".md");
    page.writeFiles(folder);
    Map<String, String> environment = new HashMap<>(product.devEnv());
    environment.putAll(QUIET);
    page.holds(folder, environment, "");
  }
}
