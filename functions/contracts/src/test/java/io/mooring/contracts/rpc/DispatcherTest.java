package io.mooring.contracts.rpc;

import static io.mooring.contracts.rpc.Bench.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DispatcherTest {
  private final Bench bench = new Bench();

  @AfterEach
  void close() {
    bench.close();
  }

  private static JsonNode json(String text) {
    return Vectors.read(text.getBytes(StandardCharsets.UTF_8));
  }

  private int errorOf(String request) {
    return json(bench.text(request)).path("error").path("code").asInt();
  }

  @Test
  void answersWithTheIdOfTheRequestWhateverItIs() {
    for (String id : List.of("7", "\"seven\"", "1.5")) {
      String answer =
          bench.text("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"net_listening\"}");
      assertEquals(json("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":true}"), json(answer));
    }
  }

  @Test
  void doesNotAnswerNotifications() {
    assertEquals("", bench.text("{\"jsonrpc\":\"2.0\",\"method\":\"net_listening\"}"));
    assertEquals("", bench.text("[{\"jsonrpc\":\"2.0\",\"method\":\"net_listening\"}]"));
  }

  @Test
  void refusesInTheCodesOfTheStandard() {
    assertEquals(-32700, errorOf("{\"jsonrpc\""));
    assertEquals(-32700, errorOf(""));
    assertEquals(-32700, errorOf("{\"id\":1,\"id\":2}"));
    assertEquals(-32700, errorOf("{} {}"));
    assertEquals(-32600, errorOf("[]"));
    assertEquals(-32600, errorOf("7"));
    assertEquals(-32600, errorOf("{\"id\":1,\"method\":\"net_listening\"}"));
    assertEquals(-32600, errorOf("{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"x\"}"));
    assertEquals(-32601, errorOf(request("eth_nothing", "[]")));
    assertEquals(-32602, errorOf(request("eth_getBalance", "[]")));
    assertEquals(-32602, errorOf(request("eth_getBalance", "{}")));
    assertEquals(-32602, errorOf(request("eth_blockNumber", "[1]")));
    assertEquals(-32602, errorOf(request("eth_getBalance", "[\"0x12\"]")));
  }

  @Test
  void namesTheParameterThatIsWrong() {
    assertEquals(
        "invalid argument 0: hex string without 0x prefix",
        bench.call("eth_getBlockByNumber", "[\"12\",false]").at("/error/message").asText());
    assertEquals(
        "missing value for required argument 0",
        bench.call("eth_getBlockByNumber", "[]").at("/error/message").asText());
    assertEquals(
        "invalid argument 0: hex number with leading zero digits",
        bench.call("eth_getBlockByNumber", "[\"0x01\",false]").at("/error/message").asText());
  }

  @Test
  void answersABatchInItsOrderAndEachForItself() {
    String calls =
        "[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"eth_nothing\"},"
            + "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"eth_getLogs\",\"params\":[{}]},"
            + "{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"eth_blockNumber\"},5]";

    JsonNode answers = json(bench.text(calls));

    assertEquals(4, answers.size());
    assertEquals(-32601, answers.at("/0/error/code").asInt());
    assertTrue(answers.at("/1/result").isArray());
    assertEquals("0x36", answers.at("/2/result").asText());
    assertEquals(-32600, answers.at("/3/error/code").asInt());
  }

  @Test
  void takesABatchOfTheLimitAndNoMore() {
    assertEquals(100, json(bench.text(batch(100))).size());

    JsonNode refused = json(bench.text(batch(101)));
    assertEquals(RpcError.LIMIT_EXCEEDED, refused.at("/error/code").asInt());
    assertTrue(refused.at("/error/message").asText().contains("rpcBatchRequestsMax: 100"));
  }

  private static String batch(int size) {
    return IntStream.range(0, size)
        .mapToObj(i -> request("net_listening", "[]"))
        .collect(Collectors.joining(",", "[", "]"));
  }

  @Test
  void refusesABodyAboveTheLimit() {
    String filler = "x".repeat(RpcLimit.RPC_BODY_BYTES_MAX.intValue());

    assertEquals(RpcError.LIMIT_EXCEEDED, errorOf(request("web3_sha3", "[\"" + filler + "\"]")));
  }

  @Test
  void letsNobodySendWhoMayOnlyRead() {
    RpcSession reader = new RpcSession(bench.chain, Bench.TENANT, "reader", false);
    for (String method :
        List.of(
            "eth_sendRawTransaction", "eth_sendTransaction", "eth_sign", "eth_signTransaction")) {
      JsonNode answer = json(bench.text(request(method, "[\"0x00\",\"0x00\"]"), reader));
      assertEquals(RpcError.SCOPE_MISSING, answer.at("/error/code").asInt(), method);
    }
    assertEquals(
        "0x36", json(bench.text(request("eth_blockNumber", "[]"), reader)).at("/result").asText());
  }

  @Test
  void letsStrangersStandInALineOfTheirOwn() {
    RpcSession stranger = new RpcSession(bench.chain, Bench.TENANT, RpcSession.STRANGER, false);

    assertEquals(Bench.TENANT.value(), bench.session.line());
    assertEquals("strangers of " + bench.chain.facts().ledger().value(), stranger.line());
  }

  @Test
  void tellsOfEachMethodByNameAndOfStrangeOnesByOne() {
    bench.call("eth_blockNumber", "[]");
    bench.call("eth_made_up_by_a_client", "[]");

    assertEquals(List.of("eth_blockNumber ok", "unknown -32601"), List.copyOf(bench.ended));
  }

  @Test
  void saysInFewWordsWhatABodyIsAbout() {
    assertEquals("eth_blockNumber", noun(request("eth_blockNumber", "[]")));
    assertEquals("batch", noun("[" + request("eth_blockNumber", "[]") + "]"));
    assertEquals("unknown", noun(request("eth_made_up_by_a_client", "[]")));
    assertEquals("unknown", noun("{\"jsonrpc\""));
  }

  private String noun(String body) {
    return bench.dispatcher.read(body.getBytes(StandardCharsets.UTF_8)).noun();
  }

  @Test
  void refusesAnAnswerAboveTheLimit() {
    JsonOutput out = new JsonOutput(10);
    try {
      out.text("x".repeat(100)).toBytes();
    } catch (RpcException refused) {
      assertEquals(RpcError.LIMIT_EXCEEDED, refused.error().code());
      return;
    }
    throw new AssertionError("a longer answer was written");
  }

  @Test
  void saysWhyCodeTookItBackWithItsBytes() {
    JsonNode answer =
        bench.call(
            "eth_call",
            "[{\"to\":\"0x0ee3ab1371c93e7c0c281cc0c2107cdebc8b1930\",\"input\":\"0x01\"}]");

    assertEquals(3, answer.at("/error/code").asInt());
    assertEquals("execution reverted: user error", answer.at("/error/message").asText());
    assertTrue(answer.at("/error/data").asText().startsWith("0x08c379a0"));
  }

  @Test
  void stopsACallAtTheGasCap() {
    // JUMPDEST PUSH0 JUMP, for ever
    JsonNode answer =
        bench.call(
            "eth_call",
            "[{\"to\":\"0x00000000000000000000000000000000000000aa\",\"gas\":\"0xffffffffffff\"},"
                + "\"latest\",{\"0x00000000000000000000000000000000000000aa\":{\"code\":\"0x5b5f56\"}}]");

    assertEquals("out of gas", answer.at("/error/message").asText());
  }

  @Test
  void takesOverridesOfStateAndBlock() {
    // TIMESTAMP, SLOAD(0), and BALANCE of itself, one word each
    String code = "0x425f525f546020524760405260605ff3";
    JsonNode answer =
        bench.call(
            "eth_call",
            "[{\"to\":\"0x00000000000000000000000000000000000000aa\"},\"latest\","
                + "{\"0x00000000000000000000000000000000000000aa\":{\"code\":\""
                + code
                + "\",\"balance\":\"0x5\",\"stateDiff\":{\"0x"
                + "0".repeat(64)
                + "\":\"0x"
                + "0".repeat(62)
                + "07\"}}},{\"time\":\"0x1234\"}]");

    assertEquals(
        "0x" + word("1234") + word("7") + word("5"),
        answer.at("/result").asText(),
        answer::toString);
  }

  private static String word(String digits) {
    return "0".repeat(64 - digits.length()) + digits;
  }

  @Test
  void readsABlockByItsHashInAnObject() {
    String hash = bench.call("eth_getBlockByNumber", "[\"0x3\",false]").at("/result/hash").asText();

    assertEquals(
        bench.call("eth_getBalance", "[\"0x7435ed30a8b4aeb0877cef0c6e8cffe834eb865f\",\"0x3\"]"),
        bench.call(
            "eth_getBalance",
            "[\"0x7435ed30a8b4aeb0877cef0c6e8cffe834eb865f\",{\"blockHash\":\""
                + hash
                + "\",\"requireCanonical\":true}]"));
    assertEquals(
        "header not found",
        bench
            .call("eth_getBalance", "[\"0x7435ed30a8b4aeb0877cef0c6e8cffe834eb865f\",\"0x99\"]")
            .at("/error/message")
            .asText());
  }
}
