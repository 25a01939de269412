package io.mooring.api.docs;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Serves the page, the contract as it was written, and the same as JSON; open to everybody. */
final class DocsRoutes {
  private static final String CONTRACT = "openapi.yaml";

  /** Nothing but what is served here may be run, shown or called. */
  private static final String POLICY = "default-src 'self'; frame-ancestors 'none'";

  void add(@Observes Router router) {
    serve(router, "/docs", "text/html", resource("index.html"));
    serve(router, "/docs/page.js", "text/javascript", resource("page.js"));
    serve(router, "/docs/page.css", "text/css", resource("page.css"));
    serve(router, "/docs/openapi.yaml", "application/yaml", resource(CONTRACT));
    serve(router, "/docs/openapi.json", "application/json", json(resource(CONTRACT)));
  }

  private static void serve(Router router, String path, String type, byte[] content) {
    Buffer buffer = Buffer.buffer(content);
    router
        .route(path)
        .method(HttpMethod.GET)
        .method(HttpMethod.HEAD)
        .handler(
            exchange ->
                exchange
                    .response()
                    .putHeader("Content-Type", type + "; charset=utf-8")
                    .putHeader("Content-Security-Policy", POLICY)
                    .putHeader("X-Content-Type-Options", "nosniff")
                    .putHeader("Cache-Control", "no-cache")
                    .end(buffer));
  }

  private static byte[] json(byte[] yaml) {
    try {
      return new ObjectMapper()
          .writeValueAsBytes(new ObjectMapper(new YAMLFactory()).readTree(yaml));
    } catch (IOException e) {
      throw new UncheckedIOException("the contract is no YAML", e);
    }
  }

  private static byte[] resource(String name) {
    try (InputStream stream = DocsRoutes.class.getResourceAsStream("/docs/" + name)) {
      if (stream == null) {
        throw new IllegalStateException("docs/" + name + " is not in the artifact");
      }
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read docs/" + name, e);
    }
  }
}
