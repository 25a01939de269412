package io.mooring.api.docs;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Names in {@code Allow} what a path would have taken, in every answer 405 (RFC 9110, 15.5.6). */
final class AllowedMethods {
  private static final int METHOD_NOT_ALLOWED = 405;
  private static final Pattern PARAMETER = Pattern.compile("\\{[^}]+}");

  /** Before whatever could end the exchange. */
  private static final int FIRST = Integer.MIN_VALUE;

  private record Route(Pattern path, String methods) {}

  private final List<Route> routes;

  AllowedMethods() {
    this(DocsFiles.contract());
  }

  AllowedMethods(JsonNode contract) {
    List<Route> routes = new ArrayList<>();
    for (Map.Entry<String, JsonNode> path : contract.path("paths").properties()) {
      routes.add(new Route(pattern(path.getKey()), methods(path.getValue())));
    }
    this.routes = List.copyOf(routes);
  }

  void add(@Observes Router router) {
    router
        .route()
        .order(FIRST)
        .handler(
            exchange -> {
              exchange.addHeadersEndHandler(
                  ending -> {
                    if (exchange.response().getStatusCode() == METHOD_NOT_ALLOWED) {
                      exchange
                          .response()
                          .putHeader(HttpHeaders.ALLOW, of(exchange.normalizedPath()));
                    }
                  });
              exchange.next();
            });
  }

  /** Empty for a path that the contract does not name. */
  String of(String path) {
    return routes.stream()
        .filter(route -> route.path().matcher(path).matches())
        .map(Route::methods)
        .findFirst()
        .orElse("");
  }

  private static Pattern pattern(String template) {
    return Pattern.compile(
        PARAMETER
            .splitAsStream(template)
            .map(Pattern::quote)
            .collect(Collectors.joining("[^/]+", "", template.endsWith("}") ? "[^/]+" : "")));
  }

  private static String methods(JsonNode path) {
    return path.properties().stream()
        .map(Map.Entry::getKey)
        .filter(name -> !name.equals("parameters") && !name.equals("summary"))
        .map(name -> name.toUpperCase(Locale.ROOT))
        .flatMap(
            name -> name.equals("GET") ? List.of("GET", "HEAD").stream() : List.of(name).stream())
        .distinct()
        .collect(Collectors.joining(", "));
  }
}
