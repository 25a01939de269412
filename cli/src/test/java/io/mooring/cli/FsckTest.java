package io.mooring.cli;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mooring.ledger.tlog.SampleLog;
import io.mooring.testing.Go;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A served log under Tessera's {@code fsck}, as docs/guides/audit-a-ledger.md has it. */
class FsckTest {
  private static Path fsck;

  @TempDir private Path folder;

  @BeforeAll
  static void install() {
    fsck = Go.install("github.com/transparency-dev/tessera/cmd/fsck@v1.0.4");
  }

  @Test
  void findsASoundLogSound() throws IOException {
    String output = fsck(new SampleLog(70_000));
    assertTrue(output.contains("Successfully fsck'd log with size 70000"), output);
  }

  @Test
  void findsADamagedLogDamaged() throws IOException {
    SampleLog log = new SampleLog(700);
    log.flip("tile/entries/001", 40);
    String output = fsck(log);
    assertTrue(output.contains("fsck failed"), output);
    assertFalse(output.contains("Successfully"), output);
  }

  private String fsck(SampleLog log) throws IOException {
    Path key = folder.resolve("key");
    Files.writeString(key, SampleLog.SIGNER.verifierKey().toString());
    try (LoopbackServer server = LoopbackServer.of(log.files())) {
      // With one worker, its default, this version waits for ever once it has found a damage.
      String url = "--storage_url=" + server.url() + "/";
      return Go.run(fsck, url, "--public_key=" + key, "--ui=false", "--N=4").output();
    }
  }
}
