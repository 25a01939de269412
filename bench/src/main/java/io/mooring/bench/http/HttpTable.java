package io.mooring.bench.http;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * Prints, in Markdown, how many trivial reads a second a running product answers. Its environment
 * is that of {@code dev.env}; the arguments are the seconds of each run and the keys of the tenants
 * that ask, in turn, so that no tenant's own rate is what is measured.
 */
final class HttpTable {
  private static final List<Integer> CONNECTIONS = List.of(1, 16, 64);

  private HttpTable() {}

  public static void main(String[] arguments) throws Exception {
    Duration length = Duration.ofSeconds(Long.parseLong(arguments[0]));
    URI server = URI.create(System.getenv("MOORING_URL"));
    List<String> keys = List.of(arguments).subList(1, arguments.length);
    System.out.println("| request | connections | answers/s | median | p99 |");
    System.out.println("| --- | --- | --- | --- | --- |");
    for (String path : List.of("/q/health/live", "/v1/me")) {
      List<byte[]> requests =
          (path.startsWith("/v1") ? keys : List.of(""))
              .stream().map(key -> Connection.get(server, path, key)).toList();
      new Load(server, requests, CONNECTIONS.getLast()).run(length); // Warms up.
      for (int connections : CONNECTIONS) {
        Load.Result result = new Load(server, requests, connections).run(length);
        System.out.printf(
            "| GET %s | %d | %,d | %.2f ms | %.2f ms |%n",
            path,
            connections,
            result.perSecond(),
            result.medianMicros() / 1e3,
            result.p99Micros() / 1e3);
      }
    }
  }
}
