package io.mooring.localstack;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Waits until the application says that it is ready. */
final class Ready {
  static final Duration WAIT_MAX = Duration.ofMinutes(2);

  private static final Duration CALL_MAX = Duration.ofSeconds(5);
  private static final Duration PAUSE = Duration.ofMillis(20);
  private static final int OK = 200;

  private Ready() {}

  static void await(URI application) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(application.resolve("/q/health/ready")).timeout(CALL_MAX).build();
    long deadline = System.nanoTime() + WAIT_MAX.toNanos();
    try (HttpClient client = HttpClient.newHttpClient()) {
      while (System.nanoTime() < deadline) {
        if (isOk(client, request)) {
          return;
        }
        Thread.sleep(PAUSE);
      }
    }
    throw new StartRefusedException("not ready after " + WAIT_MAX.toSeconds() + " s");
  }

  private static boolean isOk(HttpClient client, HttpRequest request) throws InterruptedException {
    try {
      return client.send(request, BodyHandlers.discarding()).statusCode() == OK;
    } catch (IOException notYetListening) {
      return false;
    }
  }
}
