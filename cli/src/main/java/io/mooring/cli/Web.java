package io.mooring.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.zip.GZIPInputStream;

/** HTTP with a deadline on every answer and a bound on every body. It follows no redirects. */
final class Web implements AutoCloseable {
  static final Duration CONNECT_MAX = Duration.ofSeconds(10);
  static final Duration ANSWER_MAX = Duration.ofSeconds(60);

  /** What gzip may add to bytes that it cannot make fewer. */
  private static final int PACKING_MAX = 1 << 16;

  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient client;
  private final Duration answerMax;

  Web() {
    this(ANSWER_MAX);
  }

  Web(Duration answerMax) {
    this.answerMax = answerMax;
    this.client =
        HttpClient.newBuilder()
            .connectTimeout(CONNECT_MAX)
            .followRedirects(Redirect.NEVER)
            .executor(executor)
            .build();
  }

  /** An answer: its body is cut one byte after the bound that was asked for. */
  record Answer(int status, byte[] body, String retryAfter) {}

  /** Sends and waits for the whole answer, whatever the server does with the time. */
  Answer send(HttpRequest.Builder request, int bytesMax) throws IOException {
    HttpRequest built = request.timeout(answerMax).build();
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(built, info -> new BoundedBody(bytesMax + PACKING_MAX));
    try {
      HttpResponse<byte[]> response = answer.get(answerMax.toMillis(), TimeUnit.MILLISECONDS);
      String encoding = response.headers().firstValue("Content-Encoding").orElse("identity");
      return new Answer(
          response.statusCode(),
          decoded(response.body(), encoding, bytesMax + 1),
          response.headers().firstValue("Retry-After").orElse(""));
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw new IOException("no whole answer from " + host(built) + " in " + answerMax, e);
    } catch (ExecutionException e) {
      throw new IOException("no answer from " + host(built) + ": " + e.getCause(), e);
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** A small file can unpack to a huge one: unpacking stops at the same bound. */
  private static byte[] decoded(byte[] body, String encoding, int bytesMax) throws IOException {
    return switch (encoding) {
      case "identity" -> Arrays.copyOf(body, Math.min(body.length, bytesMax));
      case "gzip" -> {
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
          yield in.readNBytes(bytesMax);
        }
      }
      default -> throw new IOException("the answer is in an encoding not asked for: " + encoding);
    };
  }

  private static URI host(HttpRequest request) {
    return request.uri().resolve("/");
  }

  @Override
  public void close() {
    client.shutdownNow();
    executor.shutdownNow();
  }
}
