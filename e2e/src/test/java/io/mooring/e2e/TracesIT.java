package io.mooring.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.mooring.e2e.LocalProduct.Said;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Traces go to the collector that the operator names, by OTLP over HTTP. */
class TracesIT {
  private static final int PATIENCE_SECONDS = 30;

  private final BlockingQueue<String> received = new LinkedBlockingQueue<>();

  @TempDir Path folder;

  @Test
  void aRequestArrivesAtTheCollectorAsASpanWithoutItsCredential() throws Exception {
    HttpServer collector = collector();
    try (LocalProduct product = LocalProduct.in(folder)) {
      Said said =
          product.up(
              "QUARKUS_OTEL_SDK_DISABLED=false",
              "QUARKUS_OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf",
              "QUARKUS_OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:"
                  + collector.getAddress().getPort());
      assertEquals(0, said.exitCode(), said.text());

      assertEquals(200, product.get("/v1/me", product.apiKey()).statusCode());

      String spans = "";
      while (!spans.contains("GET /v1/me")) {
        spans = received.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertNotNull(spans, "no span of the request came");
        assertTrue(!spans.contains(product.apiKey()), "the credential is in the trace");
      }
    } finally {
      collector.stop(0);
    }
  }

  /** Takes whatever is posted; the names in an OTLP message are plain UTF-8. */
  private HttpServer collector() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/v1/traces",
        exchange -> {
          received.add(
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
    return server;
  }
}
