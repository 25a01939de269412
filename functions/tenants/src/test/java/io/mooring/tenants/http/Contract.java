package io.mooring.tenants.http;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.mooring.platform.problem.Docs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Holds what the running application answers against the OpenAPI document. */
final class Contract {
  private static final JsonNode DOCUMENT = read();

  private Contract() {}

  /**
   * Asserts that the document has this answer of this operation, and that the body is of its shape.
   */
  static void assertAnswers(String method, String path, int status, String type, String body)
      throws IOException {
    if (path.startsWith("/q/")) {
      return; // the server's own pages are no part of the API
    }
    Optional<JsonNode> found = operation(method, path);
    if (found.isEmpty()) {
      assertTrue(status == 404 || status == 405, method + " " + path + " is not in the document");
      return;
    }
    JsonNode responses = found.get().path("responses");
    String expected = responses.has("" + status) ? "" + status : "default";
    assertTrue(
        status >= 400 || !expected.equals("default"),
        () -> status + " of " + method + " " + path + " is not in the document");
    JsonNode content = resolved(responses.path(expected)).path("content");
    String mediaType = type.replaceAll(";.*", "");
    if (content.isMissingNode()) {
      assertTrue(body.isEmpty(), "the document has no body here: " + body);
    } else {
      assertTrue(content.has(mediaType), "the document has no " + mediaType + " here");
      check(content.path(mediaType).path("schema"), new YAMLMapper().readTree(body), path);
    }
  }

  private static Optional<JsonNode> operation(String method, String path) {
    String bare = path.replaceAll("\\?.*", "");
    return DOCUMENT.path("paths").properties().stream()
        .filter(entry -> bare.matches(entry.getKey().replaceAll("\\{\\w+}", "[^/]+")))
        .map(Map.Entry::getValue)
        .map(item -> item.path(method.toLowerCase(Locale.ROOT)))
        .filter(operation -> !operation.isMissingNode())
        .findFirst();
  }

  private static void check(JsonNode schema, JsonNode value, String at) {
    JsonNode wanted = resolved(schema);
    boolean fits =
        switch (wanted.path("type").asText()) {
          case "object" -> value.isObject();
          case "array" -> value.isArray();
          case "string" -> value.isTextual();
          case "integer" -> value.isIntegralNumber();
          case "boolean" -> value.isBoolean();
          default -> fail("the document gives no type at " + at + ": " + wanted);
        };
    assertTrue(fits, () -> at + " is not of type " + wanted.path("type") + ": " + value);
    if (wanted.has("pattern")) {
      assertTrue(value.asText().matches(wanted.path("pattern").asText() + ".*"), at + ": " + value);
    }
    if (wanted.has("const")) {
      assertTrue(value.equals(wanted.path("const")), at + ": " + value);
    }
    if (wanted.has("enum")) {
      assertTrue(has(wanted.path("enum"), value), at + ": " + value);
    }
    if (wanted.has("maximum")) {
      assertTrue(value.asLong() <= wanted.path("maximum").asLong(), at + ": " + value);
    }
    value.properties().forEach(member -> checkMember(wanted, member, at));
    wanted
        .path("required")
        .forEach(name -> assertTrue(value.has(name.asText()), at + " lacks " + name));
    for (JsonNode item : value.isArray() ? value : DOCUMENT.path("nothing")) {
      check(wanted.path("items"), item, at + "[]");
    }
  }

  private static void checkMember(JsonNode wanted, Map.Entry<String, JsonNode> member, String at) {
    JsonNode schema = wanted.path("properties").path(member.getKey());
    JsonNode others = wanted.path("additionalProperties");
    String place = at + "." + member.getKey();
    assertTrue(!schema.isMissingNode() || others.isObject(), place + " is not in the document");
    check(schema.isMissingNode() ? others : schema, member.getValue(), place);
  }

  private static boolean has(JsonNode list, JsonNode value) {
    for (JsonNode one : list) {
      if (one.equals(value)) {
        return true;
      }
    }
    return false;
  }

  private static JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? DOCUMENT.at(node.path("$ref").asText().substring(1)) : node;
  }

  private static JsonNode read() {
    try {
      return new YAMLMapper().readTree(Docs.file("api-gateway/openapi.yaml").toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
