package io.mooring.iac;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The templates, synthesised once for all tests of this module. */
final class Templates {
  /** A stage that leaves nothing out, so that every part is looked at. */
  static final Stage WHOLE = new Stage("whole", true, Map.of());

  static final Path PROJECT = Path.of("").toAbsolutePath().getParent();

  private static final Path FOLDER = Path.of("target/cdk.out").toAbsolutePath();
  private static final Map<String, JsonNode> READ = new HashMap<>();

  private Templates() {}

  static synchronized JsonNode of(Stage stage) {
    requireNode();
    if (READ.isEmpty()) {
      List<Stage> stages = new ArrayList<>(Stage.ALL);
      stages.add(WHOLE);
      Synth.write(PROJECT, FOLDER, stages, Map.of("domain", "mooring.example"));
    }
    return READ.computeIfAbsent(stage.stackName(), name -> read(FOLDER, name));
  }

  /** With choices, in a folder of its own. */
  static JsonNode of(Stage stage, Path folder, Map<String, String> chosen) {
    requireNode();
    Synth.write(PROJECT, folder, List.of(stage), chosen);
    return read(folder, stage.stackName());
  }

  /** The resources of one type, by their logical ids. */
  static Map<String, JsonNode> resources(JsonNode template, String type) {
    Map<String, JsonNode> found = new HashMap<>();
    template
        .get("Resources")
        .properties()
        .forEach(
            one -> {
              if (one.getValue().get("Type").asText().equals(type)) {
                found.put(one.getKey(), one.getValue());
              }
            });
    return found;
  }

  static List<JsonNode> properties(JsonNode template, String type) {
    return resources(template, type).values().stream().map(one -> one.get("Properties")).toList();
  }

  private static JsonNode read(Path folder, String name) {
    try {
      return new ObjectMapper()
          .readTree(Files.readAllBytes(folder.resolve(name + ".template.json")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** CDK is written in TypeScript; without Node there are no templates to look at. */
  private static void requireNode() {
    boolean there =
        Stream.of(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "node")));
    if ("true".equals(System.getenv("CI"))) {
      assertTrue(there, "CI has no node on its PATH, which the stack is synthesised with");
    }
    if (!there) {
      System.out.println("No node on the PATH: the stack is not synthesised and not looked at.");
    }
    assumeTrue(there);
  }
}
