package io.mooring.localstack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mooring.testing.Go;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code compose.yaml} as the Compose specification's own loader reads it. */
class ComposeTest {
  private static final Path FOLDER = Path.of("").toAbsolutePath();
  private static List<String> lines;
  private static String host;

  @BeforeAll
  static void load() throws IOException {
    Path loader = Go.build(Path.of("src/test/go/compose"));
    Go.Outcome outcome = Go.run(loader, FOLDER.resolve("compose.yaml").toString());
    assertEquals(0, outcome.exit(), outcome.output());
    lines = outcome.output().lines().toList();
    host = Files.readString(FOLDER.resolve("host/localstack"));
  }

  @Test
  void theImageIsTheVersionThatTheHostInstalls() {
    String version = inHost("^version=(\\S+)$");
    assertEquals(List.of("localstack localstack/localstack:" + version), of("image"));
  }

  @Test
  void nobodyBeyondThisMachineReachesIt() {
    assertEquals(List.of("localstack 127.0.0.1 4566 4566"), of("port"));
  }

  @Test
  void theInitScriptAndTheTemplateAreMountedAndCannotBeChangedFromInside() {
    Path script = FOLDER.resolve("compose/deploy.sh");
    Path template = FOLDER.resolveSibling("iac/target/cdk.out/mooring-localstack.template.json");
    assertEquals(
        List.of(
            "localstack bind " + script + " /etc/localstack/init/ready.d/deploy.sh true",
            "localstack bind " + template + " /stack/template.json true"),
        of("mount"));
    assertTrue(Files.isExecutable(script), script.toString());
  }

  @Test
  void itServesWhatTheHostServes() {
    String services = inHost("SERVICES=(\\S+)");
    assertTrue(of("told").contains("localstack SERVICES " + services), () -> "told " + of("told"));
  }

  @Test
  void itIsHealthyWhenTheStacksTableIsThere() {
    assertEquals(
        List.of("localstack [CMD awslocal dynamodb describe-table --table-name mooring]"),
        of("healthy"));
  }

  private static List<String> of(String what) {
    return lines.stream()
        .filter(line -> line.startsWith(what + " "))
        .map(line -> line.substring(what.length() + 1))
        .toList();
  }

  private static String inHost(String pattern) {
    Matcher found = Pattern.compile(pattern, Pattern.MULTILINE).matcher(host);
    assertTrue(found.find(), pattern);
    return found.group(1);
  }
}
