package io.mooring.contracts.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The OpenRPC document and the dispatcher have the same methods with the same parameters. */
class OpenRpcTest {
  @Test
  void documentsEachMethodAndNoOther() throws IOException {
    Map<String, Integer> documented = new TreeMap<>();
    for (JsonNode method : document().get("methods")) {
      documented.put(method.get("name").asText(), method.get("params").size());
      assertFalse(method.get("summary").asText().isEmpty(), method.get("name").asText());
    }

    try (Bench bench = new Bench()) {
      Map<String, Integer> there =
          bench.dispatcher.methods().stream()
              .collect(
                  Collectors.toMap(
                      RpcMethod::name, RpcMethod::argumentsMax, Integer::sum, TreeMap::new));
      assertEquals(there, documented);
    }
  }

  private static JsonNode document() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(OpenRpcTest.class.getResourceAsStream("/openrpc.json"))) {
      return Vectors.read(in.readAllBytes());
    }
  }
}
