package io.mooring.bench.http;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes a chain with an ERC-20 token on a running product and prints, in Markdown, how many
 * balances a second it answers to {@code eth_call}. Its environment is that of {@code dev.env}; the
 * arguments are the seconds of each run, the file with the token's code, and an API key.
 */
final class CallTable {
  private static final String TOKEN = "0x0000000000000000000000000000000000070ce7";
  private static final String HOLDER = "f39fd6e51aad88f6f4ce6ab8827279cfffb92266";

  /** The holder's slot in the mapping of balances, the first thing that the contract stores. */
  private static final String SLOT =
      "0x723077b8a1b173adc35e5f0e7e3662fd1208212cb629f9c128551ea7168da722";

  private static final String BALANCE = "0x" + "0".repeat(61) + "3e8";
  private static final Pattern ID = Pattern.compile("\"id\":\"(led_[0-9a-z]+)\"");

  private CallTable() {}

  public static void main(String[] arguments) throws Exception {
    Duration length = Duration.ofSeconds(Long.parseLong(arguments[0]));
    URI server = URI.create(System.getenv("MOORING_URL"));
    String key = arguments[2];
    String path = "/v1/ledgers/" + chain(server, key, Path.of(arguments[1])) + "/rpc";
    String answer = post(server, path, key, call());
    if (!answer.contains(BALANCE)) {
      throw new IOException("the balance is another one: " + answer);
    }
    String batch = "[" + String.join(",", Collections.nCopies(100, call())) + "]";
    byte[] one = Connection.postJson(server, path, key, call());
    byte[] hundred = Connection.postJson(server, path, key, batch);
    System.out.println("| requests | connections | balances/s | median | p99 |");
    System.out.println("| --- | --- | --- | --- | --- |");
    new Load(server, List.of(one), 16).run(length); // Warms up.
    for (int connections : new int[] {1, 16, 64}) {
      print("single", 1, connections, new Load(server, List.of(one), connections).run(length));
    }
    new Load(server, List.of(hundred), 4).run(length); // Warms up.
    for (int connections : new int[] {1, 4, 16}) {
      Load load = new Load(server, List.of(hundred), connections);
      print("batches of 100", 100, connections, load.run(length));
    }
  }

  private static void print(String what, int calls, int connections, Load.Result result) {
    System.out.printf(
        "| %s | %d | %,d | %.2f ms | %.2f ms |%n",
        what,
        connections,
        result.perSecond() * calls,
        result.medianMicros() / 1e3,
        result.p99Micros() / 1e3);
  }

  private static String call() {
    return "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"eth_call\",\"params\":[{\"to\":\""
        + TOKEN
        + "\",\"data\":\"0x70a08231"
        + "0".repeat(24)
        + HOLDER
        + "\"},\"latest\"]}";
  }

  private static String chain(URI server, String key, Path code) throws Exception {
    Map<String, String> token = new HashMap<>();
    token.put("code", "\"0x" + Files.readString(code).strip() + "\"");
    token.put("nonce", "\"0x1\"");
    token.put("balance", "\"0x0\"");
    token.put("storage", "{\"" + SLOT + "\":\"" + BALANCE + "\"}");
    String members =
        String.join(
            ",",
            token.entrySet().stream()
                .map(member -> "\"" + member.getKey() + "\":" + member.getValue())
                .toList());
    String made =
        post(
            server,
            "/v1/ledgers",
            key,
            "{\"name\":\"calls-"
                + Long.toString(System.nanoTime(), 36)
                + "\",\"kind\":\"evm\",\"evm\":{\"alloc\":{\""
                + TOKEN
                + "\":{"
                + members
                + "}}}}");
    Matcher id = ID.matcher(made);
    if (!id.find()) {
      throw new IOException("no chain was made: " + made);
    }
    return id.group(1);
  }

  private static String post(URI server, String path, String key, String json) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(server.resolve(path))
            .header("Authorization", "Bearer " + key)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", Long.toString(System.nanoTime(), 36))
            .POST(BodyPublishers.ofString(json))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, BodyHandlers.ofString()).body();
    }
  }
}
