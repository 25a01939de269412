package io.mooring.harness;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mooring.harness.Invocation.Answered;
import io.mooring.harness.Invocation.Outcome;
import io.mooring.localstack.Engine;
import io.mooring.localstack.IsolatedEngines;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Measures cold starts of the JVM package of {@code functions/api}, each from the start of the
 * process to its first answer, and prints a table in Markdown.
 */
public final class ColdStart {
  private static final Logger ENGINES = Logger.getLogger("com.amazonaws");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int STARTS = 7;
  private static final int TRAINING_REQUESTS = 20;
  private static final int REQUESTS_WARM = 200;
  private static final int OK = 200;
  private static final int CREATED = 201;
  private static final Duration LIMIT = Duration.ofSeconds(29);

  private final FunctionSettings settings;
  private final Path folder;
  private final String key;

  private ColdStart(Path folder) throws Exception {
    this.folder = folder;
    Map<String, String> told = Settings.over(IsolatedEngines.start(Engine.MEMORY, folder), folder);
    Packages packages = Packages.unpacked(folder.resolve("code"));
    this.settings = FunctionSettings.of("mooring-api", packages.api(), told).thatNeverFreezes();
    try (Environment first = cold(settings)) {
      JsonNode born =
          answer(
              first,
              request("POST", "/v1/tenants", Settings.OPERATOR_KEY, "{\"name\":\"Acme\"}"),
              CREATED);
      this.key = JSON.readTree(born.path("body").asText()).path("apiKey").asText();
    }
  }

  public static void main(String[] arguments) {
    ENGINES.setLevel(Level.OFF);
    // The engines have threads of their own, which would go on.
    try {
      measure();
      System.exit(0);
    } catch (Exception e) {
      System.out.println("nothing measured: " + e);
      System.exit(1);
    }
  }

  private static void measure() throws Exception {
    Path folder = Files.createTempDirectory("mooring-cold-start");
    ColdStart bench = new ColdStart(folder);
    FunctionSettings onTheClassPath =
        bench.settings.withCode(bench.settings.code().onTheClassPath());
    Path cache = folder.resolve("api.aot");
    bench.train(onTheClassPath, cache);

    System.out.println(
        "| how it starts | asks for its first event | first answer | memory then | after "
            + REQUESTS_WARM
            + " more |");
    System.out.println("| --- | --- | --- | --- | --- |");
    bench.row("zip, as the managed runtime starts it", bench.settings);
    bench.row("the same on the class path", onTheClassPath);
    bench.row(
        "with an AOT cache (%d MB)".formatted(Files.size(cache) / 1_000_000),
        onTheClassPath.withJava("-XX:AOTCache=" + cache));
  }

  /** One run whose classes and profiles go into the cache when it ends. */
  private void train(FunctionSettings trained, Path cache) throws IOException {
    try (Environment environment = cold(trained.withJava("-XX:AOTCacheOutput=" + cache))) {
      for (int i = 0; i < TRAINING_REQUESTS; i++) {
        answer(environment, read(), OK);
      }
      environment.signal("TERM");
      environment.process().onExit().join();
    }
    if (!Files.exists(cache)) {
      throw new IllegalStateException("the training run left no cache");
    }
  }

  private void row(String how, FunctionSettings started) throws IOException {
    double[] ready = new double[STARTS];
    double[] answered = new double[STARTS];
    double[] memory = new double[STARTS];
    double[] later = new double[STARTS];
    for (int i = 0; i < STARTS; i++) {
      long begun = System.nanoTime();
      try (Environment environment = cold(started)) {
        answer(environment, read(), OK);
        answered[i] = (System.nanoTime() - begun) / 1e9;
        ready[i] = environment.initialised().toNanos() / 1e9;
        memory[i] = residentMegabytes(environment);
        for (int request = 0; request < REQUESTS_WARM; request++) {
          answer(environment, read(), OK);
        }
        later[i] = residentMegabytes(environment);
      }
    }
    System.out.printf(
        Locale.ROOT,
        "| %s | %.2f s | %.2f s (%.2f to %.2f) | %.0f MB | %.0f MB |%n",
        how,
        median(ready),
        median(answered),
        Arrays.stream(answered).min().orElseThrow(),
        Arrays.stream(answered).max().orElseThrow(),
        median(memory),
        median(later));
  }

  private Environment cold(FunctionSettings started) {
    return Environment.cold(started, folder.resolve("log"));
  }

  /** A request that needs the key, so the table too. */
  private byte[] read() {
    return request("GET", "/v1/me", key, "");
  }

  private static byte[] request(String method, String path, String credential, String body) {
    return HttpEvent.of(
        method,
        URI.create(path),
        Map.of(
            "authorization", List.of("Bearer " + credential),
            "content-type", List.of("application/json")),
        body.getBytes(StandardCharsets.UTF_8));
  }

  private static JsonNode answer(Environment environment, byte[] event, int status)
      throws IOException {
    Outcome outcome = environment.invoke(event, LIMIT);
    if (!(outcome instanceof Answered(byte[] payload))) {
      throw new IllegalStateException("no answer: " + outcome);
    }
    JsonNode answer = JSON.readTree(payload);
    if (answer.path("statusCode").asInt() != status) {
      throw new IllegalStateException("not " + status + ": " + answer);
    }
    return answer;
  }

  private static double residentMegabytes(Environment environment) throws IOException {
    Path status = Path.of("/proc", Long.toString(environment.process().pid()), "status");
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024)
        .findFirst()
        .orElseThrow();
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
