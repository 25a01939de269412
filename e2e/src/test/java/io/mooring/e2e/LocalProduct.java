package io.mooring.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mooring.Project;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The built product in a home of its own, started and stopped by the command that make uses. */
final class LocalProduct implements AutoCloseable {
  private static final Duration COMMAND_MAX = Duration.ofMinutes(3);
  private static final Duration CALL_MAX = Duration.ofSeconds(60);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path home;
  private final int port;
  private final HttpClient client = HttpClient.newHttpClient();

  private LocalProduct(Path home, int port) {
    this.home = home;
    this.port = port;
  }

  /** A product that is not started yet, on a port that is free now. */
  static LocalProduct in(Path home) {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return new LocalProduct(home, free.getLocalPort());
    } catch (IOException e) {
      throw new UncheckedIOException("no port is free", e);
    }
  }

  static LocalProduct started(Path home) {
    LocalProduct product = in(home);
    Said said = product.up();
    assertEquals(0, said.exitCode(), said.text());
    return product;
  }

  Said up(String... variables) {
    return mooring("up", variables);
  }

  Said down() {
    return mooring("down");
  }

  /** Ends the process as a power cut would: nothing in it gets to run any more. */
  void kill() {
    ProcessHandle process = process();
    process.destroyForcibly();
    process.onExit().join();
  }

  ProcessHandle process() {
    return ProcessHandle.of(Long.parseLong(file("pid").strip())).orElseThrow();
  }

  String file(String name) {
    try {
      return Files.readString(home.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + name, e);
    }
  }

  Path home() {
    return home;
  }

  int port() {
    return port;
  }

  Map<String, String> devEnv() {
    return file("dev.env")
        .lines()
        .map(line -> line.split("=", 2))
        .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
  }

  String apiKey() {
    return devEnv().get("MOORING_API_KEY");
  }

  String operatorKey() {
    return devEnv().get("MOORING_OPERATOR_KEY");
  }

  /** The API key of a new tenant of the largest plan, who has bought credits of both kinds. */
  String newTenant(String name) {
    return newTenant(name, "scale");
  }

  String newTenant(String name, String plan) {
    String body = "{\"name\":\"%s\",\"plan\":\"%s\"}".formatted(name, plan);
    HttpResponse<String> born = call("POST", "/v1/tenants", operatorKey(), body);
    assertEquals(201, born.statusCode(), born.body());
    String tenant = json(born).get("id").asText();
    for (String asset : List.of("CPC", "ITC")) {
      String topUp =
          "{\"tenant\":\"%s\",\"asset\":\"%s\",\"amount\":\"1000000000\"}".formatted(tenant, asset);
      HttpResponse<String> bought =
          send(
              request("/v1/credits/topups", operatorKey())
                  .header("Content-Type", "application/json")
                  .header("Idempotency-Key", tenant + "-" + asset)
                  .POST(BodyPublishers.ofString(topUp))
                  .build());
      assertEquals(201, bought.statusCode(), bought.body());
    }
    return json(born).get("apiKey").asText();
  }

  HttpResponse<String> get(String path, String credential) {
    return send(request(path, credential).GET().build());
  }

  HttpResponse<String> call(String method, String path, String credential, String json) {
    return send(
        request(path, credential)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(json))
            .build());
  }

  HttpRequest.Builder request(String path, String credential) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .timeout(CALL_MAX)
        .header("Authorization", "Bearer " + credential);
  }

  HttpResponse<String> send(HttpRequest request) {
    // The request's own timeout ends with the headers; a body that never ends must not hang a test.
    try {
      return client
          .sendAsync(request, BodyHandlers.ofString())
          .orTimeout(CALL_MAX.toMillis(), TimeUnit.MILLISECONDS)
          .join();
    } catch (CompletionException e) {
      throw new UncheckedIOException(new IOException(e.getCause()));
    }
  }

  static JsonNode json(HttpResponse<String> answer) {
    try {
      return JSON.readTree(answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException("no JSON: " + answer.body(), e);
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
    down();
  }

  private Said mooring(String verb, String... variables) {
    ProcessBuilder command =
        new ProcessBuilder(Project.root().resolve("localstack/mooring").toString(), verb)
            .redirectErrorStream(true);
    command.environment().put("JAVA_HOME", System.getProperty("java.home"));
    command.environment().put("MOORING_HOME", home.toString());
    command.environment().put("MOORING_HTTP_PORT", Integer.toString(port));
    for (String variable : variables) {
      String[] pair = variable.split("=", 2);
      command.environment().put(pair[0], pair[1]);
    }
    return run(command);
  }

  static Said run(ProcessBuilder command) {
    try {
      Process process = command.start();
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(COMMAND_MAX.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException(command.command() + " takes too long: " + text);
      }
      return new Said(process.exitValue(), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What a command ended with and said. */
  record Said(int exitCode, String text) {}
}
