package io.mooring.cli;

import io.mooring.cli.Web.Answer;
import io.mooring.ledger.tlog.LogFiles;
import io.mooring.ledger.tlog.LogPath;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** A log's static files at an address on the web. Whatever fails in passing is tried again. */
final class RemoteLog implements LogFiles {
  static final int ATTEMPTS_MAX = 5;
  static final Duration RETRY_AFTER_MAX = Duration.ofSeconds(30);

  private static final int OK = 200;
  private static final int NOT_FOUND = 404;
  private static final int GONE = 410;
  private static final int TOO_MANY = 429;
  private static final int SERVER_ERRORS = 500;

  private final Web web;
  private final URI base;
  private final String authorization;
  private final Duration firstPause;

  RemoteLog(Web web, String url, Duration firstPause) {
    this(web, url, "", firstPause);
  }

  /** A log that whoever has this credential may read; empty for none. */
  RemoteLog(Web web, String url, String authorization, Duration firstPause) {
    this.web = web;
    this.authorization = authorization;
    this.base = URI.create(url.endsWith("/") ? url : url + "/");
    this.firstPause = firstPause;
  }

  @Override
  public Optional<byte[]> read(LogPath path) {
    String failure = "";
    for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
      Duration asked = Duration.ZERO;
      try {
        HttpRequest.Builder request =
            HttpRequest.newBuilder(base.resolve(path.text())).header("Accept-Encoding", "gzip");
        if (!authorization.isEmpty()) {
          request.header("Authorization", authorization);
        }
        Answer answer = web.send(request, path.bytesMax());
        if (answer.status() == OK) {
          return Optional.of(answer.body());
        }
        if (answer.status() == NOT_FOUND || answer.status() == GONE) {
          return Optional.empty();
        }
        failure = "it answers " + answer.status();
        if (answer.status() != TOO_MANY && answer.status() < SERVER_ERRORS) {
          break;
        }
        asked = seconds(answer.retryAfter());
      } catch (IOException e) {
        failure = String.valueOf(e.getMessage());
      }
      pause(attempt, asked);
    }
    throw new CannotTellException(base.resolve(path.text()) + " cannot be fetched: " + failure);
  }

  private void pause(int attempt, Duration asked) {
    if (attempt + 1 == ATTEMPTS_MAX) {
      return;
    }
    long own = firstPause.toMillis() << attempt;
    long jittered = own / 2 + ThreadLocalRandom.current().nextLong(own / 2 + 1);
    try {
      Thread.sleep(Math.max(jittered, Math.min(asked.toMillis(), RETRY_AFTER_MAX.toMillis())));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CannotTellException("interrupted", e);
    }
  }

  private static Duration seconds(String retryAfter) {
    return retryAfter.matches("[0-9]{1,4}")
        ? Duration.ofSeconds(Long.parseLong(retryAfter))
        : Duration.ZERO;
  }
}
