package io.mooring.bench.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Another EVM that runs a file of state tests and tells what it made of each. */
enum FuzzPeer {
  GETH {
    @Override
    List<String> command(Path peers, Path file) {
      return List.of(peers.resolve("evm").toString(), "statetest", file.toString());
    }

    /** One array of results on the standard output. */
    @Override
    Map<String, String> failures(Path out, Path err) throws IOException {
      Map<String, String> failures = new HashMap<>();
      for (JsonNode result : JSON.readTree(out.toFile())) {
        String problem = result.path("error").asText("failed without a reason");
        failures.put(result.get("name").asText(), result.get("pass").asBoolean() ? "" : problem);
      }
      return failures;
    }
  },
  REVM {
    @Override
    List<String> command(Path peers, Path file) {
      return List.of(
          peers.resolve("revme").toString(),
          "statetest",
          "--single-thread",
          "--omit-progress",
          "--json-outcome",
          file.toString());
    }

    /** One object a line on the standard error; the first failure ends the file. */
    @Override
    Map<String, String> failures(Path out, Path err) throws IOException {
      Map<String, String> failures = new HashMap<>();
      for (String line : Files.readAllLines(err)) {
        if (line.startsWith("{") && line.contains("\"test\"")) {
          JsonNode result = JSON.readTree(line);
          String problem = result.path("errorMsg").asText("failed without a reason");
          failures.put(result.get("test").asText(), result.get("pass").asBoolean() ? "" : problem);
        }
      }
      return failures;
    }
  };

  private static final JsonMapper JSON = new JsonMapper();
  private static final int MINUTES_MAX = 10;

  abstract List<String> command(Path peers, Path file);

  /** For each case that was run, why it failed, or nothing. */
  abstract Map<String, String> failures(Path out, Path err) throws IOException;

  Map<String, String> run(Path peers, Path file) throws IOException, InterruptedException {
    Path out = file.resolveSibling(file.getFileName() + "." + name() + ".out");
    Path err = file.resolveSibling(file.getFileName() + "." + name() + ".err");
    Process process =
        new ProcessBuilder(command(peers, file))
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    if (!process.waitFor(MINUTES_MAX, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new IllegalStateException(this + " does not end on " + file);
    }
    Map<String, String> failures = failures(out, err);
    Files.delete(out);
    Files.delete(err);
    return failures;
  }
}
