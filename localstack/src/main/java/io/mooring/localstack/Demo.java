package io.mooring.localstack;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The tenant that a developer finds in a new local stack, created as any tenant is. */
final class Demo {
  private static final String NAME = "Demo";
  private static final Duration CALL_MAX = Duration.ofSeconds(30);
  private static final int CREATED = 201;
  private static final Pattern API_KEY = Pattern.compile("\"apiKey\"\\s*:\\s*\"([A-Za-z0-9_-]+)\"");

  private final URI application;
  private final String operatorKey;

  Demo(URI application, String operatorKey) {
    this.application = application;
    this.operatorKey = operatorKey;
  }

  /**
   * Creates the tenant and returns its API key. With the same idempotency key it is the same tenant
   * with the same API key, so a start that died half way is taken up again.
   */
  String apiKey(String idempotencyKey) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(application.resolve("/v1/tenants"))
            .timeout(CALL_MAX)
            .header("Authorization", "Bearer " + operatorKey)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", idempotencyKey)
            .POST(BodyPublishers.ofString("{\"name\":\"" + NAME + "\"}"))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
      Matcher key = API_KEY.matcher(answer.body());
      if (answer.statusCode() != CREATED || !key.find()) {
        throw new StartRefusedException("the demo tenant is refused with " + answer.statusCode());
      }
      return key.group(1);
    } catch (IOException e) {
      throw new StartRefusedException("the demo tenant cannot be created: " + e.getMessage(), e);
    }
  }
}
