package io.mooring.contracts.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Assumptions;

/** The files of ethereum/execution-apis, at {@code ../shared/fixtures} from the project's root. */
final class Vectors {
  private static final String FOLDER = "execution-apis/";
  private static final ObjectMapper JSON = new ObjectMapper();

  private Vectors() {}

  /**
   * One request and its answer.
   *
   * @param shapeOnly whether another client may answer with other values
   */
  record Vector(String name, byte[] request, JsonNode answer, boolean shapeOnly) {}

  static byte[] bytes(String name) {
    try (ZipFile archive = new ZipFile(zip().toFile())) {
      return archive.getInputStream(archive.getEntry(FOLDER + name)).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JsonNode json(String name) {
    return read(bytes(name));
  }

  static JsonNode read(byte[] json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<Vector> all() {
    List<Vector> vectors = new ArrayList<>();
    try (ZipFile archive = new ZipFile(zip().toFile())) {
      for (ZipEntry entry : archive.stream().toList()) {
        if (entry.getName().endsWith(".io")) {
          String text =
              new String(archive.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
          read(entry.getName().substring(FOLDER.length()), text, vectors);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return vectors;
  }

  private static void read(String name, String text, List<Vector> vectors) {
    String request = "";
    boolean shapeOnly = false;
    for (String line : text.split("\n")) {
      shapeOnly |= line.startsWith("// speconly");
      if (line.startsWith(">> ")) {
        request = line.substring(3);
      } else if (line.startsWith("<< ")) {
        vectors.add(
            new Vector(
                name,
                request.getBytes(StandardCharsets.UTF_8),
                read(line.substring(3).getBytes(StandardCharsets.UTF_8)),
                shapeOnly));
      }
    }
  }

  private static Path zip() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(folder.resolve(".mvn"))) {
      folder = folder.getParent();
    }
    Path archive = folder.resolve("../shared/fixtures/rpc.zip").normalize();
    Assumptions.assumeTrue(
        Files.exists(archive), () -> "skipped: the fixtures are not here: no " + archive);
    return archive;
  }
}
