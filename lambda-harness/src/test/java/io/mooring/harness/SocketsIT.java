package io.mooring.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.mooring.evm.Address;
import io.mooring.evm.U256;
import io.mooring.evm.crypto.Secp256k1;
import io.mooring.evm.transaction.SignedTransaction;
import io.mooring.evm.transaction.Transaction;
import io.mooring.harness.Invocation.Answered;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The function behind the WebSocket API, with API Gateway's events and the table's stream. */
class SocketsIT {
  private static final long CHAIN_ID = 77_017;
  private static final long GAS = 100_000;
  private static final String CHAIN = "/v1/ledgers/told";

  /** Emits a log with the topic 1. */
  private static final String TELLER = "0x60015f5fa100";

  private static final String TELLING = "0x00000000000000000000000000000000000c0de2";
  private static final int ABSENT = 404;
  private static final int UNAUTHORISED = 401;

  @TempDir static Path folder;
  private static Cloud cloud;
  private static Function api;
  private static Function sockets;
  private static Gateway gateway;
  private static Connections connections;
  private static String credential;
  private static String partition;
  private static Rpc rpc;
  private static long nonce;

  @BeforeAll
  static void deploy() throws Exception {
    cloud = Cloud.in(folder);
    connections = new Connections();
    api = cloud.deployed(cloud.api().withEnvironments(1));
    gateway = new Gateway(0, api);
    credential = cloud.newTenant(gateway.url());
    HttpResponse<String> made =
        cloud.post(
            gateway.url(),
            "/v1/ledgers",
            credential,
            "",
            """
            {"name":"told","kind":"evm","evm":{"chainId":%d,"alloc":{"%s":{"code":"%s"}}}}\
            """
                .formatted(CHAIN_ID, TELLING, TELLER));
    assertEquals(201, made.statusCode(), made.body());
    String tenant =
        Cloud.json(cloud.get(gateway.url(), "/v1/me", credential).body())
            .path("tenant")
            .path("id")
            .asText();
    partition = "T#" + tenant + "#L#" + Cloud.json(made.body()).path("id").asText() + "#C#";
    rpc = new Rpc(cloud, gateway.url(), CHAIN, credential);
    sockets =
        cloud.deployed(
            cloud
                .jobs("sockets")
                .withEnvironments(2)
                .with("mooring.sockets.endpoint", connections.endpoint().toString())
                .with("aws.access.key.id", "local")
                .with("aws.secret.access.key", "local"));
  }

  @AfterAll
  static void remove() {
    gateway.close();
    api.close();
    sockets.close();
    connections.close();
    cloud.close();
  }

  @Test
  void whoMayNotSeeTheChainIsNotConnected() {
    assertEquals(UNAUTHORISED, connect("bent=", "Bearer mk_test_nobody", "told"));
    assertEquals(ABSENT, connect("elsewhere=", "Bearer " + credential, "nothing-of-that-name"));
    assertEquals(ABSENT, connect("stranger=", "", "told"));
  }

  @Test
  void aMessageOfAConnectionThatNobodyKnowsEndsIt() {
    connections.open("unknown=");
    message("unknown=", request(1, "eth_chainId"));
    assertTrue(connections.isCut("unknown="));
  }

  @Test
  void requestsAreAnsweredAndSubscriptionsToldInOrderUntilTheConnectionIsGone() throws Exception {
    connected("first=");
    message("first=", request(1, "eth_chainId"));
    assertEquals(
        "0x" + Long.toHexString(CHAIN_ID),
        Cloud.json(sent("first=").getFirst()).path("result").asText());

    message("first=", request(2, "eth_subscribe", "\"newHeads\""));
    message("first=", request(3, "eth_subscribe", "\"logs\",{\"address\":\"" + TELLING + "\"}"));
    message("first=", request(4, "eth_subscribe", "\"newPendingTransactions\""));
    String heads = Cloud.json(sent("first=").get(1)).path("result").asText();
    String logs = Cloud.json(sent("first=").get(2)).path("result").asText();
    assertTrue(heads.startsWith("0x") && logs.startsWith("0x"), sent("first=").toString());
    assertEquals(-32601, Cloud.json(sent("first=").get(3)).path("error").path("code").asInt());
    connected("second=");
    message("second=", request(1, "eth_subscribe", "\"newHeads\""));
    long before = height();

    send();
    committed();
    send();
    send();
    committed();
    committed();

    long after = height();
    List<Long> blocks = LongStream.rangeClosed(before + 1, after).boxed().toList();
    assertEquals(blocks, numbers("first=", heads, "number"));
    assertEquals(3, numbers("first=", logs, "blockNumber").size());
    assertEquals(
        blocks,
        numbers(
            "second=", Cloud.json(sent("second=").getFirst()).path("result").asText(), "number"));

    connections.lose("second=");
    send();
    committed();
    connections.open("second=");
    message("first=", request(5, "eth_unsubscribe", "\"" + heads + "\""));
    send();
    committed();
    assertEquals(List.of(), sent("second="), "who was gone was forgotten");
    assertEquals(height() - 1, numbers("first=", heads, "number").getLast());
    assertEquals(5, numbers("first=", logs, "blockNumber").size());

    answered(event("$disconnect", "first=", "", ""));
    int told = sent("first=").size();
    send();
    committed();
    assertEquals(told, sent("first=").size());
  }

  @Test
  void aCredentialThatIsRevokedEndsItsConnection() throws Exception {
    HttpResponse<String> made =
        cloud.post(
            gateway.url(),
            "/v1/keys",
            credential,
            "",
            "{\"name\":\"short\",\"scopes\":[\"ledgers:read\"]}");
    assertEquals(201, made.statusCode(), made.body());
    JsonNode key = Cloud.json(made.body());
    connections.open("revoked=");
    assertEquals(200, connect("revoked=", "Bearer " + key.path("key").asText(), "told"));
    message("revoked=", request(1, "eth_chainId"));
    assertEquals(1, sent("revoked=").size());

    cloud.delete(gateway.url(), "/v1/keys/" + key.path("id").asText(), credential);
    for (int tries = 0; tries < 200 && !connections.isCut("revoked="); tries++) {
      message("revoked=", request(1, "eth_chainId"));
      Thread.sleep(500);
    }
    assertTrue(connections.isCut("revoked="));
  }

  private static void connected(String connection) {
    connections.open(connection);
    assertEquals(200, connect(connection, "Bearer " + credential, "told"));
  }

  private static int connect(String connection, String authorization, String ledger) {
    String more =
        ",\"headers\":{%s},\"queryStringParameters\":{\"ledger\":\"%s\"}"
            .formatted(
                authorization.isEmpty() ? "" : "\"Authorization\":\"" + authorization + "\"",
                ledger);
    return answered(event("$connect", connection, "", more)).path("statusCode").asInt();
  }

  private static void message(String connection, String body) {
    answered(event("$default", connection, body, ""));
  }

  private static String event(String route, String connection, String body, String more) {
    return """
    {"requestContext":{"routeKey":"%s","connectionId":"%s","stage":"v1"},
     "isBase64Encoded":false,"body":"%s"%s}\
    """
        .formatted(route, connection, body.replace("\"", "\\\""), more);
  }

  private static String request(int id, String method, String... parameters) {
    return "{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"%s\",\"params\":[%s]}"
        .formatted(id, method, String.join(",", parameters));
  }

  /** What the table's stream says after a commit. */
  private static void committed() {
    String record =
        """
        {"Records":[{"dynamodb":{"SequenceNumber":"1","Keys":
         {"pk":{"S":"%s"},"sk":{"S":"00000000000000000001#"}}}}]}\
        """
            .formatted(partition);
    assertEquals(
        Set.of(),
        QueueSource.failures(
            assertInstanceOf(Answered.class, sockets.invoke(bytes(record))).payload()));
  }

  private static JsonNode answered(String event) {
    Answered answered = assertInstanceOf(Answered.class, sockets.invoke(bytes(event)));
    return Cloud.json(new String(answered.payload(), StandardCharsets.UTF_8));
  }

  private static List<String> sent(String connection) {
    return connections.sent(connection);
  }

  /** The blocks that a subscription was told of, in the order of the telling. */
  private static List<Long> numbers(String connection, String subscription, String name) {
    return sent(connection).stream()
        .map(Cloud::json)
        .map(message -> message.path("params"))
        .filter(news -> news.path("subscription").asText().equals(subscription))
        .map(news -> Long.decode(news.path("result").path(name).asText()))
        .toList();
  }

  private static long height() throws InterruptedException {
    return Long.decode(rpc.result("eth_blockNumber", "").asText());
  }

  private static void send() throws InterruptedException {
    Transaction content =
        new Transaction.DynamicFee(
            CHAIN_ID,
            nonce++,
            U256.ZERO,
            U256.ZERO,
            GAS,
            Address.fromHex(TELLING.substring(2)),
            U256.ZERO,
            new byte[0],
            List.of());
    rpc.sendUntilItStands(
        new SignedTransaction(
            content, Secp256k1.fastest().sign(content.signingHash().bytes(), U256.of(7).bytes())));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
