package io.mooring.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mooring.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is in the artifact that is deployed. */
class ArtifactIT {
  private static final Pattern ENGINES =
      Pattern.compile("(?i).*(dynamodblocal|sqlite4java|s3proxy|localstack).*");

  @Test
  void holdsNoEngineOfTheLocalStack() throws IOException {
    assertEquals(List.of(), enginesIn(Project.root().resolve("functions/api/target/quarkus-app")));
    assertTrue(
        enginesIn(Project.root().resolve("localstack/target/engines")).stream()
            .anyMatch(jar -> jar.getFileName().toString().startsWith("DynamoDBLocal")),
        "the pattern would not find it");
  }

  private static List<Path> enginesIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> ENGINES.matcher(file.getFileName().toString()).matches())
          .toList();
    }
  }
}
