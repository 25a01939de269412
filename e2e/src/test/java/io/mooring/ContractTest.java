package io.mooring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.properties.CanBeAnnotated;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The OpenAPI document and the routes of the code are the same, and the document is whole. */
class ContractTest {
  private static final String REST = "jakarta.ws.rs.";
  private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "PATCH", "DELETE");
  private static final Set<String> WRITES = Set.of("POST", "PUT", "PATCH", "DELETE");
  private static final String PUBLIC = "io.mooring.platform.http.Public";

  private static final JsonNode DOCUMENT = document();

  @Test
  void theDocumentHasTheRoutesOfTheCodeAndNoOthers() {
    assertEquals(String.join("\n", routes().keySet()), String.join("\n", operations().keySet()));
  }

  @Test
  void whatIsPublicInTheCodeIsPublicInTheDocument() {
    routes()
        .forEach(
            (route, isPublic) -> {
              JsonNode operation = operations().get(route);
              if (operation != null) {
                boolean open = operation.has("security") && operation.path("security").isEmpty();
                assertEquals(isPublic, open, route);
              }
            });
  }

  @Test
  void everyOperationSaysWhatItIsAndHowItRefuses() {
    Set<String> ids = new HashSet<>();
    operations()
        .forEach(
            (route, operation) -> {
              assertTrue(ids.add(operation.path("operationId").asText()), route);
              assertFalse(operation.path("summary").asText().isEmpty(), route);
              assertEquals(1, operation.path("tags").size(), route);
              assertEquals(
                  "#/components/responses/Problem",
                  operation.path("responses").path("default").path("$ref").asText(),
                  route);
            });
  }

  @Test
  void everyWriteTakesAnIdempotencyKeyOrSaysThatNothingIsWritten() {
    operations()
        .forEach(
            (route, operation) -> {
              boolean keyed =
                  operation.path("parameters").toString().contains("parameters/Idempotency-Key");
              boolean writes =
                  WRITES.contains(route.split(" ")[1])
                      && !operation.path("description").asText().contains("Nothing is written");
              assertEquals(writes, keyed, route);
            });
  }

  @Test
  void everyReferenceLeadsSomewhere() {
    for (JsonNode reference : DOCUMENT.findValues("$ref")) {
      assertFalse(DOCUMENT.at(reference.asText().substring(1)).isMissingNode(), reference.asText());
    }
  }

  @Test
  void theScopesAreThoseOfTheCode() {
    List<String> coded =
        Pattern.compile("^  [A-Z_]+\\(\"([a-z:]+)\"\\)", Pattern.MULTILINE)
            .matcher(
                Project.read(
                    "functions/platform/src/main/java/io/mooring/platform/identity/Scope.java"))
            .results()
            .map(found -> found.group(1))
            .filter(word -> !word.equals("operator"))
            .toList();
    List<String> written = new ArrayList<>();
    DOCUMENT.at("/components/schemas/Scope/enum").forEach(word -> written.add(word.asText()));
    assertEquals(coded, written);
    operations()
        .forEach(
            (route, operation) ->
                operation
                    .path("security")
                    .forEach(
                        choice ->
                            choice
                                .path("bearer")
                                .forEach(
                                    scope ->
                                        assertTrue(
                                            coded.contains(scope.asText())
                                                || scope.asText().equals("operator"),
                                            route))));
  }

  /** {@code /v1/keys GET} and so on, each with its operation. */
  private static Map<String, JsonNode> operations() {
    var operations = new TreeMap<String, JsonNode>();
    DOCUMENT
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        member -> {
                          String method = member.getKey().toUpperCase(Locale.ROOT);
                          if (METHODS.contains(method)) {
                            operations.put(path.getKey() + " " + method, member.getValue());
                          }
                        }));
    return operations;
  }

  /** The same of the classes, each with whether it is public. */
  private static Map<String, Boolean> routes() {
    var routes = new TreeMap<String, Boolean>();
    for (JavaClass resource :
        new ClassFileImporter()
            .importPaths(
                Project.modules().stream()
                    .map(module -> module.resolve("target/classes"))
                    .filter(Files::isDirectory)
                    .toList())) {
      if (resource.isAnnotatedWith(REST + "Path")) {
        for (JavaMethod method : resource.getMethods()) {
          for (String verb : verbs(method)) {
            boolean isPublic = resource.isAnnotatedWith(PUBLIC) || method.isAnnotatedWith(PUBLIC);
            routes.put(path(resource) + path(method) + " " + verb, isPublic);
          }
        }
      }
    }
    return routes;
  }

  private static Set<String> verbs(JavaMethod method) {
    Set<String> verbs = new TreeSet<>();
    for (String verb : METHODS) {
      if (method.isAnnotatedWith(REST + verb)) {
        verbs.add(verb);
      }
    }
    return verbs;
  }

  private static String path(CanBeAnnotated annotated) {
    if (!annotated.isAnnotatedWith(REST + "Path")) {
      return "";
    }
    Object value =
        switch (annotated) {
          case JavaClass c -> c.getAnnotationOfType(REST + "Path").get("value").orElseThrow();
          case JavaMethod m -> m.getAnnotationOfType(REST + "Path").get("value").orElseThrow();
          default -> throw new AssertionError(annotated);
        };
    String path = value.toString().replaceAll("\\{(\\w+):[^}]*}", "{$1}");
    return path.startsWith("/") ? path : "/" + path;
  }

  private static JsonNode document() {
    try {
      return new YAMLMapper().readTree(Project.read("api-gateway/openapi.yaml"));
    } catch (IOException e) {
      throw new AssertionError("the document is not YAML", e);
    }
  }
}
