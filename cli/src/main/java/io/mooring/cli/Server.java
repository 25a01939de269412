package io.mooring.cli;

import io.mooring.cli.Web.Answer;
import io.mooring.ledger.note.Note;
import io.mooring.ledger.tlog.ProofFile;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import picocli.CommandLine.Option;

/** A Mooring server and the key to it. */
final class Server {
  private static final int ANSWER_BYTES_MAX = Note.BYTES_MAX;
  private static final int ENTRY_BYTES_MAX = 1 << 26;
  private static final int PAGE_BYTES_MAX = 1 << 28;
  private static final int PRICE_SHEET_BYTES_MAX = 1 << 16;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
  private static final Retries RETRIES = new Retries(FIRST_PAUSE);

  @Option(
      names = "--url",
      paramLabel = "URL",
      defaultValue = "${env:MOORING_URL}",
      description = "The server's address. Default: the environment's MOORING_URL")
  private String url = "";

  @Option(
      names = "--api-key",
      paramLabel = "KEY",
      defaultValue = "${env:MOORING_API_KEY}",
      description = "Better from the environment's MOORING_API_KEY: others can see arguments.")
  private String apiKey = "";

  /** What a ledger says of itself. */
  Map<String, Object> describe(Web web, String ledger) {
    return object(send(web, request(ledger, ""), ANSWER_BYTES_MAX).body());
  }

  Map<String, Object> append(Web web, String ledger, String idempotencyKey, byte[] body) {
    HttpRequest.Builder request =
        request(ledger, "/entries")
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", idempotencyKey)
            .POST(BodyPublishers.ofByteArray(body));
    return object(send(web, request, ANSWER_BYTES_MAX).body());
  }

  /** One part of some work on a ledger; an empty token asks for the first. */
  Map<String, Object> part(Web web, String ledger, String work, String token) {
    String page =
        token.isEmpty() ? "" : (work.contains("?") ? "&" : "?") + "pageToken=" + encoded(token);
    HttpRequest.Builder request = request(ledger, "/" + work + page).POST(BodyPublishers.noBody());
    return object(send(web, request, ENTRY_BYTES_MAX).body());
  }

  /** The salt of an entry, which whoever may read the payload may read; empty when it is erased. */
  String salt(Web web, String ledger, long index) {
    HttpRequest.Builder request = request(ledger, "/entries/" + index);
    Map<String, Object> entry = object(send(web, request, ENTRY_BYTES_MAX).body());
    return entry.getOrDefault("salt", "").toString();
  }

  byte[] proof(Web web, String ledger, long index) {
    HttpRequest.Builder request = request(ledger, "/entries/" + index + "/proof");
    return send(web, request, ProofFile.BYTES_MAX).body();
  }

  byte[] checkpoint(Web web, String ledger) {
    return send(web, request(ledger, "/log/checkpoint"), Note.BYTES_MAX).body();
  }

  /** A ledger's static files. */
  RemoteLog log(Web web, String ledger) {
    String files = address() + "/v1/ledgers/" + encoded(ledger) + "/log";
    return new RemoteLog(web, files, authorization(), FIRST_PAUSE);
  }

  /** A page of entries with their contents, as the server shows them. */
  byte[] entries(Web web, String ledger, long from, int wanted) {
    HttpRequest.Builder request =
        request(ledger, "/entries?from=%d&perPage=%d".formatted(from, wanted));
    return read(web, request, PAGE_BYTES_MAX);
  }

  /** The very bytes of an entry's content. */
  byte[] payload(Web web, String ledger, long index) {
    return read(web, request(ledger, "/entries/" + index + "/payload"), ENTRY_BYTES_MAX);
  }

  byte[] statement(Web web, String month) {
    HttpRequest.Builder request = request("/v1/statements/" + encoded(month));
    return send(web, request.header("Accept", "application/json"), BillVerify.INVOICE_BYTES_MAX)
        .body();
  }

  byte[] priceSheet(Web web, String version) {
    return send(web, request("/v1/prices/" + encoded(version)), PRICE_SHEET_BYTES_MAX).body();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private HttpRequest.Builder request(String ledger, String path) {
    return request("/v1/ledgers/" + encoded(ledger) + path);
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request;
    try {
      request = HttpRequest.newBuilder(URI.create(address() + path));
    } catch (IllegalArgumentException e) {
      throw new CannotTellException("not an address: " + Words.printable(url), e);
    }
    return authorization().isEmpty() ? request : request.header("Authorization", authorization());
  }

  private String address() {
    if (url == null || url.isEmpty()) {
      throw new CannotTellException("give the server's address by --url or MOORING_URL");
    }
    return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
  }

  /** What the header says; empty for no credential. */
  private String authorization() {
    return apiKey == null || apiKey.isEmpty() ? "" : "Bearer " + apiKey;
  }

  /** One of many reads: where one fails in passing, the others need not be done again. */
  private static byte[] read(Web web, HttpRequest.Builder request, int bytesMax) {
    for (int attempt = 0; attempt + 1 < Retries.ATTEMPTS_MAX; attempt++) {
      String retryAfter = "";
      try {
        Answer answer = web.send(request.copy(), bytesMax);
        if (!Retries.isInPassing(answer.status())) {
          return checked(answer, bytesMax).body();
        }
        retryAfter = answer.retryAfter();
      } catch (IOException e) {
        // The last attempt says why.
      }
      RETRIES.pause(attempt, retryAfter);
    }
    return send(web, request, bytesMax).body();
  }

  private static Answer send(Web web, HttpRequest.Builder request, int bytesMax) {
    Answer answer;
    try {
      answer = web.send(request, bytesMax);
    } catch (IOException e) {
      throw new CannotTellException(String.valueOf(e.getMessage()), e);
    }
    return checked(answer, bytesMax);
  }

  private static Answer checked(Answer answer, int bytesMax) {
    if (answer.body().length > bytesMax) {
      throw new CannotTellException("the server's answer has more than " + bytesMax + " bytes");
    }
    if (answer.status() / 100 != 2) {
      throw new CannotTellException(problem(answer));
    }
    return answer;
  }

  /** An RFC 9457 problem in words, or just the status of what is none. */
  private static String problem(Answer answer) {
    Map<String, Object> problem = Json.readObject(answer.body()).orElse(Map.of());
    Object detail = problem.getOrDefault("detail", problem.getOrDefault("title", ""));
    Object code = problem.getOrDefault("code", "");
    Object fix = problem.getOrDefault("fix", "");
    return Words.printable(
        "the server refuses: %d %s %s %s".formatted(answer.status(), code, detail, fix).strip());
  }

  private static Map<String, Object> object(byte[] body) {
    return Json.readObject(body)
        .orElseThrow(() -> new CannotTellException("the server's answer is no JSON object"));
  }
}
