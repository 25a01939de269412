package io.mooring.iac;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/** The OpenAPI document, as far as a gateway cares: routes, who serves them, and who may call. */
record Contract(JsonNode document) {
  private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

  /** A parameter at the end of a path that may hold slashes, as the document says of tiles. */
  private static final Pattern REST_OF_PATH = Pattern.compile("\\{path}$");

  static Contract read(Path file) {
    try {
      return new Contract(new YAMLMapper().readTree(Files.readAllBytes(file)));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  /** One route of the gateway. */
  record Route(String method, String path, String tag, boolean authorised) {
    String key() {
      return method + " " + path;
    }
  }

  List<Route> routes() {
    List<Route> routes = new ArrayList<>();
    for (var path : document.get("paths").properties()) {
      for (var method : path.getValue().properties()) {
        if (METHODS.contains(method.getKey())) {
          JsonNode operation = method.getValue();
          routes.add(
              new Route(
                  method.getKey().toUpperCase(Locale.ROOT),
                  REST_OF_PATH.matcher(path.getKey()).replaceFirst("{path+}"),
                  operation.get("tags").get(0).asText(),
                  needsCredential(operation)));
        }
      }
    }
    return routes;
  }

  /** What a page of another origin may send: every header that some operation reads. */
  List<String> requestHeaders() {
    Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    names.addAll(List.of("Authorization", "Content-Type", "Accept"));
    for (JsonNode parameter : document.findValues("parameters")) {
      parameter.forEach(
          one -> {
            if (one.path("in").asText().equals("header")) {
              names.add(one.get("name").asText());
            }
          });
    }
    return List.copyOf(names);
  }

  /** What it may read of an answer. */
  List<String> responseHeaders() {
    Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    names.addAll(List.of("ETag", "Retry-After", "WWW-Authenticate"));
    document.at("/components/headers").fieldNames().forEachRemaining(names::add);
    return List.copyOf(names);
  }

  /** Where a credential is only one way of several, the function judges, not the gateway. */
  private boolean needsCredential(JsonNode operation) {
    JsonNode security =
        operation.has("security") ? operation.get("security") : document.get("security");
    return !security.isEmpty()
        && StreamSupport.stream(security.spliterator(), false).noneMatch(JsonNode::isEmpty);
  }
}
