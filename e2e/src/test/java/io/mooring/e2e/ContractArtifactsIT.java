package io.mooring.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.mooring.Project;
import io.mooring.e2e.LocalProduct.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept in {@code contracts/artifacts} is what the sources and compilers of npm give. */
class ContractArtifactsIT {
  private static final List<String> PACKAGE =
      List.of("package.json", "package-lock.json", "compile.js");

  @TempDir Path folder;

  @Test
  void compilingGivesTheSameBytes() throws IOException {
    NodeTools.requireInstalled();
    Path contracts = Project.root().resolve("contracts");
    for (String file : PACKAGE) {
      Files.copy(contracts.resolve(file), folder.resolve(file));
    }
    Files.createDirectory(folder.resolve("src"));
    for (String file : files(contracts.resolve("src")).keySet()) {
      Files.copy(contracts.resolve("src").resolve(file), folder.resolve("src").resolve(file));
    }

    Said said = NodeTools.run(folder, "npm ci --ignore-scripts && node compile.js made");

    assertEquals(0, said.exitCode(), said.text());
    assertEquals(files(contracts.resolve("artifacts")), files(folder.resolve("made")));
  }

  /** The texts of a folder's files, by name. */
  private static Map<String, String> files(Path folder) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> list = Files.list(folder)) {
      for (Path file : list.toList()) {
        files.put(file.getFileName().toString(), Files.readString(file));
      }
    }
    return files;
  }
}
