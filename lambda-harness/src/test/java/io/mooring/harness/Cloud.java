package io.mooring.harness;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mooring.localstack.Engine;
import io.mooring.localstack.IsolatedEngines;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The engines in memory, the queues and the packages: what functions are deployed on here. */
final class Cloud implements AutoCloseable {
  static final Duration CALL_MAX = Duration.ofMinutes(5);

  /** They tell of every call, and of every condition that does not hold. */
  private static final Logger ENGINES = Logger.getLogger("com.amazonaws");

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path logs;
  private final Packages packages;
  private final Queues queues;
  private final Tables tables;
  private final Map<String, String> settings;
  private final HttpClient client = HttpClient.newHttpClient();

  private Cloud(Path folder) throws Exception {
    ENGINES.setLevel(Level.OFF);
    this.logs = Files.createDirectories(folder.resolve("environments"));
    this.packages = Packages.unpacked(folder.resolve("code"));
    this.queues = Queues.started(5);
    this.settings = Settings.over(IsolatedEngines.start(Engine.MEMORY, folder), folder);
    settings.putAll(queues.properties());
    this.tables = new Tables(settings);
  }

  static Cloud in(Path folder) throws Exception {
    return new Cloud(folder);
  }

  Queues queues() {
    return queues;
  }

  Tables tables() {
    return tables;
  }

  FunctionSettings api() {
    return FunctionSettings.of("mooring-api", packages.api(), settings);
  }

  FunctionSettings jobs(String handler) {
    return FunctionSettings.of("mooring-" + handler, packages.jobs(), settings)
        .with("quarkus.lambda.handler", handler)
        .with("mooring.stores.create", "false")
        .withLimit(Duration.ofSeconds(60));
  }

  Function deployed(FunctionSettings function) {
    return new Function(function, logs);
  }

  HttpResponse<String> get(URI api, String path, String credential) {
    return send(request(api, path, credential).GET().build());
  }

  HttpResponse<String> post(URI api, String path, String credential, String key, String json) {
    HttpRequest.Builder request =
        request(api, path, credential).header("Content-Type", "application/json");
    if (!key.isEmpty()) {
      request.header("Idempotency-Key", key);
    }
    return send(request.POST(BodyPublishers.ofString(json)).build());
  }

  HttpResponse<String> delete(URI api, String path, String credential) {
    return send(request(api, path, credential).DELETE().build());
  }

  private static HttpRequest.Builder request(URI api, String path, String credential) {
    return HttpRequest.newBuilder(api.resolve(path))
        .timeout(CALL_MAX)
        .header("Authorization", "Bearer " + credential);
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The API key of a new tenant, which has bought credits. */
  String newTenant(URI api) {
    JsonNode born =
        made(post(api, "/v1/tenants", Settings.OPERATOR_KEY, "", "{\"name\":\"Acme\"}"));
    String tenant = born.path("id").asText();
    for (String asset : List.of("CPC", "ITC")) {
      made(
          post(
              api,
              "/v1/credits/topups",
              Settings.OPERATOR_KEY,
              tenant + "-" + asset,
              "{\"tenant\":\"%s\",\"asset\":\"%s\",\"amount\":\"1000000000\"}"
                  .formatted(tenant, asset)));
    }
    return born.path("apiKey").asText();
  }

  private static JsonNode made(HttpResponse<String> answer) {
    if (answer.statusCode() != 201) {
      throw new AssertionError(answer.statusCode() + " " + answer.body());
    }
    return json(answer.body());
  }

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException("no JSON: " + text, e);
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
    tables.close();
    queues.close();
  }
}
