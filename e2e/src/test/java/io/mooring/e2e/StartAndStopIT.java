package io.mooring.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mooring.e2e.LocalProduct.Said;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What make up and make down promise. */
class StartAndStopIT {
  private static final Set<String> OPEN_TO_THE_OWNER_ONLY = Set.of("rw-------", "rwx------");

  @TempDir Path folder;

  @Test
  void saysInOneLineThatItIsReadyAndWhere() {
    try (LocalProduct product = LocalProduct.in(folder)) {
      Said said = product.up();

      assertEquals(0, said.exitCode());
      assertEquals(1, said.text().lines().count(), said.text());
      assertTrue(said.text().startsWith("Mooring is ready at http://127.0.0.1:" + product.port()));
      assertEquals(200, product.get("/v1/me", product.apiKey()).statusCode());
      assertEquals(200, product.get("/v1/tenants", product.operatorKey()).statusCode());
    }
  }

  @Test
  void keepsItsFolderClosedToEverybodyElse() throws IOException {
    try (LocalProduct product = LocalProduct.started(folder.resolve("home"))) {
      try (Stream<Path> files = Files.walk(product.home())) {
        for (Path file : files.toList()) {
          String permissions = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
          assertTrue(OPEN_TO_THE_OWNER_ONLY.contains(permissions), file + " is " + permissions);
        }
      }
    }
  }

  @Test
  void comesUpTwiceAndGoesDownTwiceWithoutComplaint() {
    try (LocalProduct product = LocalProduct.started(folder)) {
      long process = product.process().pid();

      Said again = product.up();
      assertEquals(0, again.exitCode());
      assertTrue(again.text().contains("runs already, as process " + process), again.text());
      assertEquals(process, product.process().pid());

      assertEquals(new Said(0, "Mooring has stopped.\n"), product.down());
      assertEquals(0, product.down().exitCode());
    }
  }

  @Test
  void keepsItsTenantsAndItsKeysOverARestart() {
    try (LocalProduct product = LocalProduct.started(folder)) {
      var before = product.devEnv();
      HttpResponse<String> made =
          product.call("POST", "/v1/keys", product.apiKey(), "{\"name\":\"kept\"}");
      assertEquals(201, made.statusCode(), made.body());
      String key = LocalProduct.json(made).get("key").asText();

      product.down();
      assertEquals(0, product.up().exitCode());

      assertEquals(before, product.devEnv());
      assertEquals(200, product.get("/v1/me", product.apiKey()).statusCode());
      assertEquals(200, product.get("/v1/me", key).statusCode());
    }
  }

  @Test
  void findsItsDemoTenantAgainWhereTheFirstStartDiedBeforeItWasWrittenDown() throws IOException {
    try (LocalProduct product = LocalProduct.started(folder)) {
      String key = product.apiKey();
      product.kill();
      Files.delete(folder.resolve("dev.env"));

      assertEquals(0, product.up().exitCode());

      assertEquals(key, product.apiKey());
    }
  }

  @Test
  void refusesATakenPortInOneLine() throws IOException {
    LocalProduct product = LocalProduct.in(folder);
    try (ServerSocket other =
        new ServerSocket(product.port(), 1, InetAddress.getLoopbackAddress())) {
      assertRefused("port " + other.getLocalPort() + " is taken", product.up());
    }
  }

  @Test
  void refusesAFolderThatAnotherProcessHas() throws IOException {
    try (LocalProduct product = LocalProduct.started(folder)) {
      Path pid = folder.resolve("pid");
      Path aside = Files.move(pid, folder.resolve("aside")); // As if started by other means.

      assertRefused("another Mooring is running in " + folder, LocalProduct.in(folder).up());

      Files.move(aside, pid);
      assertEquals(200, product.get("/v1/me", product.apiKey()).statusCode());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "MOORING_HTTP_PORT=http, MOORING_HTTP_PORT is 'http'",
    "MOORING_HTTP_PORT=65536, MOORING_HTTP_PORT is '65536'",
    "MOORING_ENGINE=tape, MOORING_ENGINE is 'tape'"
  })
  void refusesASettingThatMeansNothing(String setting, String line) {
    assertRefused(line, LocalProduct.in(folder).up(setting));
  }

  @Test
  void forgetsEverythingWhereTheEngineIsMemory() {
    try (LocalProduct product = LocalProduct.in(folder)) {
      assertEquals(0, product.up("MOORING_ENGINE=memory").exitCode());
      String first = product.apiKey();
      product.down();
      assertEquals(0, product.up("MOORING_ENGINE=memory").exitCode());

      assertEquals(401, product.get("/v1/me", first).statusCode());
      assertEquals(200, product.get("/v1/me", product.apiKey()).statusCode());
      assertNotEquals(first, product.apiKey());
      assertFalse(Files.exists(folder.resolve("dynamodb")));
    }
  }

  @Test
  void listensOnLoopbackOnly() throws IOException {
    try (LocalProduct product = LocalProduct.started(folder)) {
      Path sockets = Path.of("/proc/" + product.process().pid() + "/net/tcp");
      if (!Files.exists(sockets)) {
        return; // Only Linux tells so.
      }
      Set<String> inodes = socketsOf(product.process().pid());
      Set<String> listening =
          Stream.concat(
                  Files.readAllLines(sockets).stream().skip(1),
                  Files.readAllLines(sockets.resolveSibling("tcp6")).stream().skip(1))
              .map(line -> line.strip().split("\\s+"))
              .filter(fields -> fields[3].equals("0A") && inodes.contains(fields[9]))
              .map(fields -> fields[1].split(":")[0])
              .collect(Collectors.toSet());

      assertFalse(listening.isEmpty());
      assertTrue(
          Set.of("0100007F", "0000000000000000FFFF00000100007F", "00000000000000000000000001000000")
              .containsAll(listening),
          listening.toString());
    }
  }

  private static Set<String> socketsOf(long pid) throws IOException {
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/" + pid + "/fd"))) {
      return descriptors
          .map(StartAndStopIT::target)
          .filter(target -> target.startsWith("socket:["))
          .map(target -> target.substring("socket:[".length(), target.length() - 1))
          .collect(Collectors.toSet());
    }
  }

  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException closedMeanwhile) {
      return "";
    }
  }

  private static void assertRefused(String line, Said said) {
    assertEquals(1, said.exitCode(), said.text());
    assertEquals(1, said.text().lines().count(), said.text());
    assertTrue(said.text().startsWith("Mooring does not start: " + line), said.text());
  }
}
