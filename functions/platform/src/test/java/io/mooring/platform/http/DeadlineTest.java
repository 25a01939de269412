package io.mooring.platform.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a request is told whose answer does not begin. */
class DeadlineTest {
  private static final long MILLIS = 200;

  private final Vertx vertx = Vertx.vertx();
  private final HttpClient client = HttpClient.newHttpClient();
  private HttpServer server;

  @BeforeEach
  void serve() throws Exception {
    Router router = Router.router(vertx);
    router
        .route()
        .handler(
            exchange -> {
              RequestId.begin(exchange);
              Deadline.set(exchange, MILLIS);
              exchange.next();
            });
    router.route("/never").handler(exchange -> {});
    router.route("/at-once").handler(exchange -> exchange.response().end("done"));
    router
        .route("/stream")
        .handler(
            exchange -> {
              exchange.response().setChunked(true).write("begun, ");
              vertx.setTimer(3 * MILLIS, fired -> exchange.response().end("and ended"));
            });
    server =
        vertx
            .createHttpServer()
            .requestHandler(router)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .get(10, TimeUnit.SECONDS);
  }

  @AfterEach
  void stop() throws Exception {
    client.close();
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @Test
  void isToldThatTheOutcomeIsUnknown() throws Exception {
    HttpResponse<String> answer = get("/never");
    assertEquals(503, answer.statusCode());
    assertTrue(answer.body().contains("OutcomeUnknown"), answer.body());
    assertTrue(answer.body().contains("requestSecondsMax"), answer.body());
  }

  @Test
  void doesNotTouchWhatWasAnsweredInTime() throws Exception {
    assertEquals("done", get("/at-once").body());
    Thread.sleep(2 * MILLIS);
    assertEquals("done", get("/at-once").body());
  }

  @Test
  void doesNotEndAStreamThatHasBegun() throws Exception {
    HttpResponse<String> answer = get("/stream");
    assertEquals(200, answer.statusCode());
    assertEquals("begun, and ended", answer.body());
  }

  private HttpResponse<String> get(String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + server.actualPort() + path);
    return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }
}
