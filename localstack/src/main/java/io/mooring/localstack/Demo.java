package io.mooring.localstack;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The tenant, with credits, and the chain that a developer finds in a new local stack, made as any
 * are.
 */
final class Demo {
  private static final String NAME = "Demo";
  private static final Duration CALL_MAX = Duration.ofSeconds(30);
  private static final int OK = 200;
  private static final int CREATED = 201;
  private static final Pattern TENANT = Pattern.compile("\"id\"\\s*:\\s*\"(ten_[a-z0-9]+)\"");

  /** What the demo tenant has bought: enough to try everything for a long while. */
  private static final String UNITS = "1000000000";

  private static final Pattern API_KEY = Pattern.compile("\"apiKey\"\\s*:\\s*\"([A-Za-z0-9_-]+)\"");

  private static final String CHAIN = "demo-chain";
  private static final Pattern LEDGER_ID = Pattern.compile("\"id\"\\s*:\\s*\"(led_[0-9a-z]+)\"");
  private static final String TEN_THOUSAND_ETHER = "0x21e19e0c9bab2400000";

  /** The first ten accounts of "test test test test test test test test test test test junk". */
  private static final List<String> RICH =
      List.of(
          "0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266",
          "0x70997970c51812dc3a010c7d01b50e0d17dc79c8",
          "0x3c44cdddb6a900fa2b585dd299e03d12fa4293bc",
          "0x90f79bf6eb2c4f870365e785982e1f101e93b906",
          "0x15d34aaf54267db7d7c367839aaf71a00a2c6a65",
          "0x9965507d1a55bcc2695c58ba16fb37d819b0a4dc",
          "0x976ea74026e726554db657fa54763abd0c3a0aa9",
          "0x14dc79964da2c08b23698b3d3cc7ca32193d9955",
          "0x23618e81e3f5cdf7f54c3d65f7fbc0abf5b21e8f",
          "0xa0ee7a142d267c1f36714e4a8f75612f20a79720");

  private final URI application;
  private final String operatorKey;

  Demo(URI application, String operatorKey) {
    this.application = application;
    this.operatorKey = operatorKey;
  }

  /**
   * Creates the tenant, tops its credits up, and returns its API key. With the same idempotency key
   * it is the same tenant with the same API key, so a start that died half way is taken up again.
   */
  String apiKey(String idempotencyKey) throws InterruptedException {
    String body = "{\"name\":\"" + NAME + "\"}";
    String answer = post("/v1/tenants", operatorKey, idempotencyKey, body);
    Matcher key = API_KEY.matcher(answer);
    Matcher tenant = TENANT.matcher(answer);
    if (!key.find() || !tenant.find()) {
      throw new StartRefusedException("the demo tenant has no id, or no API key");
    }
    for (String asset : List.of("CPC", "ITC")) {
      String topUp =
          "{\"tenant\":\"%s\",\"asset\":\"%s\",\"amount\":\"%s\"}"
              .formatted(tenant.group(1), asset, UNITS);
      post("/v1/credits/topups", operatorKey, idempotencyKey + "-" + asset, topUp);
    }
    return key.group(1);
  }

  /**
   * Creates the chain that a developer's tools talk to, unless it is there, and returns its id. The
   * accounts of the mnemonic that every such tool knows are rich on it.
   */
  String chain(String apiKey) throws InterruptedException {
    HttpResponse<String> known = send(request("/v1/ledgers/" + CHAIN, apiKey).GET().build());
    if (known.statusCode() == OK) {
      return id(known.body());
    }
    String alloc =
        RICH.stream()
            .map(address -> "\"" + address + "\":{\"balance\":\"" + TEN_THOUSAND_ETHER + "\"}")
            .collect(Collectors.joining(",", "{", "}"));
    String body = "{\"name\":\"" + CHAIN + "\",\"kind\":\"evm\",\"evm\":{\"alloc\":" + alloc + "}}";
    return id(post("/v1/ledgers", apiKey, "demo-chain-of-the-local-stack", body));
  }

  private static String id(String ledger) {
    Matcher id = LEDGER_ID.matcher(ledger);
    if (!id.find()) {
      throw new StartRefusedException("the demo chain has no id");
    }
    return id.group(1);
  }

  private String post(String path, String key, String idempotencyKey, String body)
      throws InterruptedException {
    HttpResponse<String> answer =
        send(
            request(path, key)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", idempotencyKey)
                .POST(BodyPublishers.ofString(body))
                .build());
    if (answer.statusCode() != CREATED) {
      throw new StartRefusedException(path + " refuses the demo with " + answer.statusCode());
    }
    return answer.body();
  }

  private HttpRequest.Builder request(String path, String key) {
    return HttpRequest.newBuilder(application.resolve(path))
        .timeout(CALL_MAX)
        .header("Authorization", "Bearer " + key);
  }

  private static HttpResponse<String> send(HttpRequest request) throws InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new StartRefusedException("the demo cannot be created: " + e.getMessage(), e);
    }
  }
}
