package io.mooring.ledgers.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mooring.platform.problem.Docs;
import io.mooring.platform.testing.Client;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs every command of docs/guides/append-and-prove.md, as a reader would. */
@QuarkusTest
class GuideTest {
  private static final Pattern COMMANDS =
      Pattern.compile("^```sh\n(.*?)^```", Pattern.MULTILINE | Pattern.DOTALL);
  private static final long SECONDS_MAX = 120;

  @TestHTTPResource("/")
  URI server;

  @Test
  void theCommandsOfTheGuideEndInAProofThatIsValid(@TempDir Path folder)
      throws IOException, InterruptedException {
    String commands =
        COMMANDS
            .matcher(Files.readString(Docs.file("docs/guides/append-and-prove.md")))
            .results()
            .map(found -> found.group(1))
            .collect(Collectors.joining("\n", "set -euo pipefail\n", ""));
    Path output = folder.resolve("output");
    ProcessBuilder shell = new ProcessBuilder("bash", "-c", commands).directory(folder.toFile());
    String url = server.toString();
    shell.environment().put("MOORING_URL", url.substring(0, url.length() - 1));
    shell.environment().put("MOORING_API_KEY", "ten_guide ledgers:read ledgers:write");

    Process process = shell.redirectErrorStream(true).redirectOutput(output.toFile()).start();

    assertTrue(process.waitFor(SECONDS_MAX, TimeUnit.SECONDS));
    assertEquals(0, process.exitValue(), Files.readString(output));
    assertTrue(
        Client.Reply.json(Files.readString(folder.resolve("verdict.json")))
            .path("valid")
            .asBoolean(),
        Files.readString(output));
    assertEquals(
        1,
        Client.Reply.json(Files.readString(folder.resolve("receipt.json"))).path("index").asLong());
  }
}
