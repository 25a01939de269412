package io.mooring.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mooring.ledger.tlog.SampleLog;
import io.mooring.testing.Go;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The three commands of docs/guides/audit-a-ledger.md, as they stand there. */
class AuditGuideTest {
  private static final Path PAGE = Path.of("../docs/guides/audit-a-ledger.md");
  private static final Pattern COMMANDS = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);

  @TempDir private Path folder;

  @Test
  void copyAndVerifyALogWithoutMooring() throws IOException {
    Matcher commands = COMMANDS.matcher(Files.readString(PAGE));
    assertTrue(commands.find());
    assertEquals(3, commands.group(1).lines().count());
    try (LoopbackServer server = LoopbackServer.of(new SampleLog(70_000).files())) {
      Map<String, String> reader =
          Map.of("LOG", server.url(), "KEY", SampleLog.SIGNER.verifierKey().toString());
      String output = Go.shell(folder, commands.group(1), reader).output();
      assertTrue(output.contains("Log mirrored successfully"), output);
      assertTrue(
          output.contains(
              "Successfully fsck'd log with size 70000"
                  + " and root NuQ9g32vbVmCA+rCWoA+Ni+N/RbAP4nsoyATVIYpPhk="),
          output);
    }
  }
}
