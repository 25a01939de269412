package io.mooring.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.mooring.e2e.Contract.Body;
import io.mooring.e2e.Contract.Operation;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What a tenant has, of every kind that the contract can make: made by the contract's own examples.
 */
final class Belongings {
  /** What is in a path without being the id of anything that is made. */
  private static final Map<String, String> FIXED =
      Map.ofEntries(
          Map.entry("index", "0"),
          Map.entry("path", "0/000.p/1"),
          Map.entry("attempt", "0-" + "0".repeat(32)),
          Map.entry("month", "2020-01"),
          Map.entry("version", "none.0"),
          Map.entry("method", "set"),
          Map.entry("hash", "0x" + "0".repeat(64)));

  /** The paths below a ledger that only a chain has. */
  private static final List<String> OF_CHAINS = List.of("/contracts", "/transactions", "/logs");

  private static final String CHAIN = "{\"name\":\"chain\",\"kind\":\"evm\"}";

  private final LocalProduct product;
  private final Contract contract;
  private final String credential;

  Belongings(LocalProduct product, Contract contract, String credential) {
    this.product = product;
    this.contract = contract;
    this.credential = credential;
  }

  /** A value for each parameter in the operation's path, newly made where it can be. */
  Map<String, String> idsFor(Operation operation) {
    Map<String, String> ids = new LinkedHashMap<>();
    for (String parameter : operation.pathParameters()) {
      ids.put(parameter, id(operation, parameter, ids));
    }
    return ids;
  }

  private String id(Operation operation, String parameter, Map<String, String> before) {
    if (parameter.equals("tenant")) {
      return LocalProduct.json(product.get("/v1/me", credential)).at("/tenant/id").asText();
    }
    if (FIXED.containsKey(parameter)) {
      return FIXED.get(parameter);
    }
    if (parameter.equals("ledger") && isOfChains(operation)) {
      return identity(
          LocalProduct.json(made(product.call("POST", "/v1/ledgers", credential, CHAIN))),
          parameter);
    }
    Operation maker =
        contract
            .operation("POST", operation.collectionOf(parameter))
            .orElseThrow(
                () -> new AssertionError("nothing makes the {" + parameter + "} of " + operation));
    return identity(LocalProduct.json(made(call(maker, before))), parameter);
  }

  private static boolean isOfChains(Operation operation) {
    return OF_CHAINS.stream()
        .anyMatch(operation.path().replace("/v1/ledgers/{ledger}", "")::startsWith);
  }

  private static HttpResponse<String> made(HttpResponse<String> made) {
    assertEquals(2, made.statusCode() / 100, made.request().uri() + " answers " + made.body());
    return made;
  }

  private static String identity(JsonNode made, String parameter) {
    return made.hasNonNull("id") ? made.get("id").asText() : made.get(parameter).asText();
  }

  /** Calls an operation with its example as the body. */
  HttpResponse<String> call(Operation operation, Map<String, String> ids) {
    Body body = operation.example().orElse(Body.NONE);
    HttpRequest.Builder request = product.request(operation.with(ids), credential);
    if (!operation.method().equals("GET")) {
      request.header("Idempotency-Key", UUID.randomUUID().toString());
    }
    if (!body.type().isEmpty()) {
      request.header("Content-Type", body.type());
    }
    return product.send(
        request.method(operation.method(), BodyPublishers.ofString(body.text())).build());
  }
}
