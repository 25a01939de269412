package io.mooring.iac;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.mooring.platform.limit.PlatformLimit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What functions are told, against what the application reads and promises. */
class ToldTest {
  private static final Pattern PREFIX = Pattern.compile("@ConfigMapping\\(prefix = \"([a-z.-]+)\"");
  private static final Pattern MEMBER =
      Pattern.compile(
          "^ {2,4}[A-Z][\\w<>.]* (\\w+)\\(\\);|^ {2,4}(?:int|boolean|long) (\\w+)\\(\\);");

  /** Lambda takes so much with one synchronous call. */
  private static final long LAMBDA_BYTES_MAX = 6L * 1024 * 1024;

  private static final int GATEWAY_MILLIS_MAX = 30_000;

  @Test
  void everyVariableOfOursIsOneThatTheApplicationReads() throws IOException {
    Set<String> read = variablesRead();
    assertTrue(read.contains("MOORING_STORES_TABLE"), read.toString());
    List<String> unread = new ArrayList<>();
    for (JsonNode function :
        Templates.properties(Templates.of(Templates.WHOLE), "AWS::Lambda::Function")) {
      function
          .at("/Environment/Variables")
          .fieldNames()
          .forEachRemaining(
              name -> {
                if (name.startsWith("MOORING_") && !read.contains(name)) {
                  unread.add(name);
                }
              });
    }
    assertEquals(List.of(), unread);
  }

  @Test
  void everyFunctionIsToldOfTheStoresAndOnlyOfStoresThatAreThere() {
    for (JsonNode function :
        Templates.properties(Templates.of(Templates.WHOLE), "AWS::Lambda::Function")) {
      JsonNode told = function.at("/Environment/Variables");
      for (String store :
          List.of(
              "MOORING_STORES_TABLE",
              "MOORING_STORES_BUCKET",
              "MOORING_SECRETS_BUCKET",
              "MOORING_STORES_INTAKE_QUEUE",
              "MOORING_STORES_INTAKE_DEAD_LETTERS")) {
        assertTrue(told.has(store), store);
        assertFalse(told.get(store).isTextual(), "a reference into the stack, not a name");
      }
    }
  }

  @Test
  void theApplicationGivesUpBeforeTheFunctionAndTheFunctionBeforeTheGateway() {
    long application = PlatformLimit.REQUEST_SECONDS_MAX.value();
    for (Deployable one : Deployable.values()) {
      if (one.artifact() == Deployable.Artifact.API) {
        assertTrue(application < one.seconds(), one.word());
      }
    }
    for (JsonNode integration :
        Templates.properties(Templates.of(Templates.WHOLE), "AWS::ApiGatewayV2::Integration")) {
      if (integration.has("TimeoutInMillis")) {
        int millis = integration.get("TimeoutInMillis").asInt();
        assertTrue(Functions.REQUEST_SECONDS * 1_000 < millis && millis <= GATEWAY_MILLIS_MAX);
      }
    }
  }

  @Test
  void theLargestRequestFitsIntoAFunctionsEvent() {
    long base64 = (PlatformLimit.BODY_BYTES_MAX.value() + 2) / 3 * 4;
    assertTrue(base64 + 2 * PlatformLimit.HEADER_BYTES_MAX.value() < LAMBDA_BYTES_MAX);
  }

  /** The variables of all configurations there are, by the rule of MicroProfile Config. */
  private static Set<String> variablesRead() throws IOException {
    Set<String> variables = new TreeSet<>();
    try (Stream<Path> files = Files.walk(Path.of("../functions"))) {
      for (Path file :
          files
              .filter(path -> path.toString().endsWith("Config.java"))
              .filter(path -> path.toString().contains("/src/main/"))
              .collect(Collectors.toList())) {
        variables.addAll(variablesOf(Files.readString(file)));
      }
    }
    return variables;
  }

  private static Set<String> variablesOf(String source) {
    Set<String> variables = new TreeSet<>();
    var prefix = PREFIX.matcher(source);
    if (!prefix.find()) {
      return variables;
    }
    String group = "";
    for (String line : source.lines().toList()) {
      var member = MEMBER.matcher(line);
      if (member.find()) {
        String name = member.group(1) == null ? member.group(2) : member.group(1);
        boolean nested = line.startsWith("    ");
        String path = nested ? group + "." + kebab(name) : kebab(name);
        group = nested ? group : path;
        variables.add(
            (prefix.group(1) + "." + path).toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_"));
      }
    }
    return variables;
  }

  private static String kebab(String name) {
    return name.replaceAll("([a-z])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
  }
}
