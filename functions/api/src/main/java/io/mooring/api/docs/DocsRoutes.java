package io.mooring.api.docs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.regex.Pattern;

/**
 * Serves the contract, as a page, as it was written and as JSON, and the pages of {@code docs/};
 * open to everybody.
 */
final class DocsRoutes {
  private static final String ROOT = "/docs/";

  /** Nothing but what is served here may be run, shown or called. */
  private static final String POLICY = "default-src 'self'; frame-ancestors 'none'";

  private static final Pattern PAGE = Pattern.compile("([a-z0-9-]+/)*[a-zA-Z0-9-]+");

  private final ConcurrentMap<String, Buffer> rendered = new ConcurrentHashMap<>();

  void add(@Observes Router router) {
    serve(router, "/docs", "text/html", DocsFiles.required("index.html"));
    serve(router, "/docs/page.js", "text/javascript", DocsFiles.required("page.js"));
    serve(router, "/docs/page.css", "text/css", DocsFiles.required("page.css"));
    byte[] contract = DocsFiles.required(DocsFiles.CONTRACT);
    serve(router, "/docs/openapi.yaml", "application/yaml", contract);
    serve(router, "/docs/openapi.json", "application/json", json());
    router
        .route("/docs/*")
        .method(HttpMethod.GET)
        .method(HttpMethod.HEAD)
        .handler(
            exchange ->
                page(exchange.normalizedPath())
                    .ifPresentOrElse(page -> answer(exchange, "text/html", page), exchange::next));
  }

  private Optional<Buffer> page(String path) {
    String name = path.length() > ROOT.length() ? path.substring(ROOT.length()) : "";
    if (!PAGE.matcher(name).matches()) {
      return Optional.empty();
    }
    return Optional.ofNullable(rendered.get(name)).or(() -> render(name));
  }

  private Optional<Buffer> render(String name) {
    Optional<Buffer> page =
        DocsFiles.resource("pages/" + name + ".md")
            .map(markdown -> new String(markdown, StandardCharsets.UTF_8))
            .map(markdown -> Buffer.buffer(Page.html(name, markdown)));
    page.ifPresent(html -> rendered.put(name, html));
    return page;
  }

  private static void serve(Router router, String path, String type, byte[] content) {
    Buffer buffer = Buffer.buffer(content);
    router
        .route(path)
        .method(HttpMethod.GET)
        .method(HttpMethod.HEAD)
        .handler(exchange -> answer(exchange, type, buffer));
  }

  private static void answer(RoutingContext exchange, String type, Buffer content) {
    exchange
        .response()
        .putHeader("Content-Type", type + "; charset=utf-8")
        .putHeader("Content-Security-Policy", POLICY)
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("Cache-Control", "no-cache")
        .end(content);
  }

  private static byte[] json() {
    try {
      return new ObjectMapper().writeValueAsBytes(DocsFiles.contract());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the contract cannot be written as JSON", e);
    }
  }
}
