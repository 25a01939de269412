package io.mooring.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class WebTest {
  private static final Duration DEADLINE = Duration.ofMillis(500);

  @Test
  void givesUpOnAServerThatNeverAnswers() throws IOException {
    givesUp(
        exchange -> {
          for (int i = 0; i < 100; i++) {
            sleep();
          }
        });
  }

  @Test
  void givesUpOnABodyThatNeverEnds() throws IOException {
    givesUp(
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          for (int i = 0; i < 100; i++) {
            exchange.getResponseBody().write('x');
            exchange.getResponseBody().flush();
            sleep();
          }
        });
  }

  @Test
  void hangsUpAfterTheBoundOfABody() throws IOException {
    try (LoopbackServer server =
            new LoopbackServer(
                exchange -> {
                  exchange.sendResponseHeaders(200, 0);
                  for (int i = 0; i < 100_000; i++) {
                    exchange.getResponseBody().write(new byte[10_000]);
                  }
                });
        Web web = new Web(Duration.ofSeconds(20))) {
      assertEquals(101, web.send(request(server), 100).body().length);
    }
  }

  @Test
  void doesNotFollowWhereItIsSent() throws IOException {
    try (LoopbackServer server =
            new LoopbackServer(
                exchange -> {
                  exchange.getResponseHeaders().set("Location", "http://127.0.0.1:1/");
                  LoopbackServer.answer(exchange, 302, new byte[0]);
                });
        Web web = new Web(DEADLINE)) {
      assertEquals(302, web.send(request(server), 100).status());
    }
  }

  private static void givesUp(LoopbackServer.Handler handler) throws IOException {
    try (LoopbackServer server = new LoopbackServer(handler);
        Web web = new Web(DEADLINE)) {
      long start = System.nanoTime();
      assertThrows(IOException.class, () -> web.send(request(server), 1000));
      assertTrue(System.nanoTime() - start < Duration.ofSeconds(10).toNanos());
    }
  }

  private static HttpRequest.Builder request(LoopbackServer server) {
    return HttpRequest.newBuilder(URI.create(server.url() + "/"));
  }

  private static void sleep() {
    try {
      Thread.sleep(100);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
