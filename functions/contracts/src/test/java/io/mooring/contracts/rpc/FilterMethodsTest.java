package io.mooring.contracts.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FilterMethodsTest {
  private final Bench bench = new Bench();

  @AfterEach
  void close() {
    bench.close();
  }

  private String filter(String params) {
    return bench.call("eth_newFilter", params).at("/result").asText();
  }

  private JsonNode changes(Bench of, String id) {
    return of.call("eth_getFilterChanges", "[\"" + id + "\"]");
  }

  @Test
  void tellsEachLogOnce() {
    String id = filter("[{\"fromBlock\":\"0x3\",\"toBlock\":\"0x6\"}]");
    JsonNode logs =
        bench.call("eth_getLogs", "[{\"fromBlock\":\"0x3\",\"toBlock\":\"0x6\"}]").at("/result");

    assertTrue(logs.size() > 1);
    assertEquals(logs, changes(bench, id).at("/result"));
    assertEquals(0, changes(bench, id).at("/result").size());
    assertEquals(logs, bench.call("eth_getFilterLogs", "[\"" + id + "\"]").at("/result"));
  }

  @Test
  void isKnownInAProcessThatDidNotMakeIt() {
    String id = filter("[{\"fromBlock\":\"0x3\",\"toBlock\":\"0x6\"}]");
    try (Bench another = new Bench()) {
      assertEquals(changes(bench, id), changes(another, id));
    }
  }

  @Test
  void twoThatAskForTheSameAreTwo() {
    assertNotEquals(filter("[{}]"), filter("[{}]"));
  }

  @Test
  void aBlockFilterBeginsWithTheNextBlock() {
    String id = bench.call("eth_newBlockFilter", "[]").at("/result").asText();

    assertEquals(0, changes(bench, id).at("/result").size());
  }

  @Test
  void isGoneWhenUninstalled() {
    String id = filter("[{}]");

    assertTrue(bench.call("eth_uninstallFilter", "[\"" + id + "\"]").at("/result").asBoolean());

    assertEquals("filter not found", changes(bench, id).at("/error/message").asText());
    assertEquals(
        "false", bench.call("eth_uninstallFilter", "[\"" + id + "\"]").at("/result").asText());
  }

  @Test
  void whatIsNoFilterIsNotFound() {
    for (String id : new String[] {"0x", "0x01", "nonsense", "0xc0", "0xzz"}) {
      assertEquals("filter not found", changes(bench, id).at("/error/message").asText(), id);
    }
  }

  @Test
  void refusesMoreAddressesThanTheLimit() {
    String address = "\"0x7dcd17433742f4c0ca53122ab541d0ba67fc%04x\"";
    StringBuilder many = new StringBuilder();
    for (int i = 0; i <= RpcLimit.RPC_LOG_ADDRESSES_MAX.value(); i++) {
      many.append(i == 0 ? "" : ",").append(address.formatted(i));
    }

    assertEquals(
        RpcError.LIMIT_EXCEEDED,
        bench.call("eth_getLogs", "[{\"address\":[" + many + "]}]").at("/error/code").asInt());
  }
}
