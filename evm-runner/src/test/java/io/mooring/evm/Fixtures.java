package io.mooring.evm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.function.BiConsumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Assumptions;

/** The public test vectors beside the project, at {@code ../shared/fixtures} from its root. */
public final class Fixtures {
  private static final JsonMapper JSON = new JsonMapper();

  private Fixtures() {}

  /** The archive of a suite; the test is skipped, with the reason, where it is not there. */
  public static Path zip(String suite) {
    Path folder = projectRoot().resolve("../shared/fixtures").normalize();
    Path archive = folder.resolve(suite + ".zip");
    Assumptions.assumeTrue(
        Files.exists(archive), () -> "skipped: the fixtures are not here: no " + archive);
    return archive;
  }

  /** Gives each JSON file of a suite whose path starts with {@code prefix} to the test. */
  public static void each(String suite, String prefix, BiConsumer<String, JsonNode> test) {
    try (ZipFile archive = new ZipFile(zip(suite).toFile())) {
      for (ZipEntry entry : archive.stream().toList()) {
        if (entry.getName().startsWith(prefix) && entry.getName().endsWith(".json")) {
          test.accept(entry.getName(), JSON.readTree(archive.getInputStream(entry)));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One JSON file of a suite. */
  public static JsonNode json(String suite, String name) {
    try {
      return JSON.readTree(bytes(suite, name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One file of a suite. */
  public static byte[] bytes(String suite, String name) {
    try (ZipFile archive = new ZipFile(zip(suite).toFile())) {
      return archive.getInputStream(archive.getEntry(name)).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Bytes from hexadecimal digits, with or without {@code 0x}. */
  public static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits.startsWith("0x") ? digits.substring(2) : digits);
  }

  private static Path projectRoot() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(folder.resolve(".mvn"))) {
      folder = folder.getParent();
    }
    return folder;
  }
}
