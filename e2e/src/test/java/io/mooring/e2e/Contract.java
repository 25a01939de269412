package io.mooring.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The OpenAPI document that a running product serves. */
record Contract(JsonNode document) {
  private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");
  private static final Pattern PARAMETER = Pattern.compile("\\{([^}]+)}");

  static Contract of(LocalProduct product) {
    return new Contract(LocalProduct.json(product.get("/docs/openapi.json", "")));
  }

  List<Operation> operations() {
    List<Operation> operations = new ArrayList<>();
    for (Map.Entry<String, JsonNode> path : document.get("paths").properties()) {
      for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
        if (METHODS.contains(method.getKey())) {
          operations.add(
              new Operation(
                  method.getKey().toUpperCase(Locale.ROOT),
                  path.getKey(),
                  method.getValue(),
                  document));
        }
      }
    }
    return operations;
  }

  Optional<Operation> operation(String method, String path) {
    return operations().stream()
        .filter(operation -> operation.method().equals(method) && operation.path().equals(path))
        .findFirst();
  }

  /** One method of one path. */
  record Operation(String method, String path, JsonNode node, JsonNode document) {
    /** The names in the path's braces, in order. */
    List<String> pathParameters() {
      return PARAMETER.matcher(path).results().map(match -> match.group(1)).toList();
    }

    /** The path up to the braces of a parameter: where such things are made. */
    String collectionOf(String parameter) {
      return path.substring(0, path.indexOf("/{" + parameter + "}"));
    }

    String with(Map<String, String> values) {
      return PARAMETER.matcher(path).replaceAll(match -> values.get(match.group(1)));
    }

    boolean isPublic() {
      return node.has("security") && node.get("security").isEmpty();
    }

    boolean isTheOperators() {
      return node.path("security").toString().contains("operator");
    }

    /** The first content type of the request, and its example as it would be sent. */
    Optional<Body> example() {
      return node.path("requestBody").path("content").properties().stream()
          .filter(content -> content.getValue().has("example"))
          .map(content -> new Body(content.getKey(), text(content.getValue().get("example"))))
          .findFirst();
    }

    /** The statuses that the document names, other than "default". */
    Set<String> statuses() {
      return Set.copyOf(
          Stream.of(node.get("responses").properties().toArray(Map.Entry[]::new))
              .map(entry -> (String) entry.getKey())
              .filter(status -> !status.equals("default"))
              .toList());
    }

    private static String text(JsonNode example) {
      return example.isTextual() ? example.asText() : example.toString();
    }

    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  /** The body of a request. */
  record Body(String type, String text) {
    static final Body NONE = new Body("", "");
  }
}
