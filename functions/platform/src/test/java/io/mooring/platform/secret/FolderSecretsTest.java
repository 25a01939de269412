package io.mooring.platform.secret;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderSecretsTest extends SecretsContract {
  @TempDir Path home;

  @Override
  protected Secrets secrets() {
    return new FolderSecrets(home.resolve("secrets"));
  }

  @Test
  void onlyTheOwnerCanReadWhatIsKept() throws IOException {
    secrets().keep("a", new byte[] {1});
    assertEquals("rwx------", permissions(home.resolve("secrets")));
    assertEquals("rw-------", permissions(home.resolve("secrets/a")));
  }

  @Test
  void aRestartLosesNothing() {
    byte[] secret = secrets().secret("a");
    assertArrayEquals(secret, secrets().secret("a"));
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
