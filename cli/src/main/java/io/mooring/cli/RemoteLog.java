package io.mooring.cli;

import io.mooring.cli.Web.Answer;
import io.mooring.ledger.tlog.LogFiles;
import io.mooring.ledger.tlog.LogPath;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Optional;

/** A log's static files at an address on the web. Whatever fails in passing is tried again. */
final class RemoteLog implements LogFiles {
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;
  private static final int GONE = 410;

  private final Web web;
  private final URI base;
  private final String authorization;
  private final Retries retries;

  RemoteLog(Web web, String url, Duration firstPause) {
    this(web, url, "", firstPause);
  }

  /** A log that whoever has this credential may read; empty for none. */
  RemoteLog(Web web, String url, String authorization, Duration firstPause) {
    this.web = web;
    this.authorization = authorization;
    this.base = URI.create(url.endsWith("/") ? url : url + "/");
    this.retries = new Retries(firstPause);
  }

  @Override
  public Optional<byte[]> read(LogPath path) {
    String failure = "";
    for (int attempt = 0; attempt < Retries.ATTEMPTS_MAX; attempt++) {
      String retryAfter = "";
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
        if (!Retries.isInPassing(answer.status())) {
          break;
        }
        retryAfter = answer.retryAfter();
      } catch (IOException e) {
        failure = String.valueOf(e.getMessage());
      }
      retries.pause(attempt, retryAfter);
    }
    throw new CannotTellException(base.resolve(path.text()) + " cannot be fetched: " + failure);
  }
}
