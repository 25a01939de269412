package io.mooring.contracts.rpc;

import static io.mooring.contracts.rpc.Bench.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.mooring.platform.LedgerId;
import io.mooring.platform.commit.InMemoryStore;
import io.mooring.platform.problem.PlatformRefusal;
import io.mooring.platform.problem.RefusedException;
import io.mooring.platform.table.DerivedItems.Derived;
import io.mooring.platform.table.Item;
import io.mooring.platform.table.Key;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Connections whose gateway and whose credential fail when they are told to. */
class GatewaySocketsTest {
  private static final String CONNECTION = "abc=";
  private static final long BEHIND = 3;

  private final Bench bench = new Bench();
  private final LedgerId ledger = bench.session.chain().facts().ledger();
  private final InMemoryStore store = new InMemoryStore();
  private final FakeGateway gateway = new FakeGateway();
  private boolean revoked;
  private Instant now = Instant.now();
  private final GatewaySockets sockets =
      new GatewaySockets(
          bench.dispatcher,
          (credential, asked) -> session(),
          asked -> bench.session.chain().latest().number() + 1,
          new GatewaySockets.Stores(store, store, new byte[32]),
          gateway,
          () -> now,
          new Random(1));

  @AfterEach
  void close() {
    bench.close();
  }

  private RpcSession session() {
    if (revoked) {
      throw new RefusedException(PlatformRefusal.CREDENTIAL_REFUSED, "revoked");
    }
    return bench.session;
  }

  @Test
  void requestsAreAnsweredOverTheGateway() {
    sockets.connect(CONNECTION, "chain", Optional.of("mk_test_key"));
    assertTrue(call("eth_chainId", "[]").at("/result").asText().startsWith("0x"));
    assertFalse(
        store.items().values().stream()
            .anyMatch(item -> new String(item.item().body()).contains("mk_test_key")),
        "a credential stands there in the clear");
  }

  @Test
  void whatIsSubscribedToIsToldOfInOrderAndNotAgain() {
    sockets.connect(CONNECTION, "chain", Optional.empty());
    String id = call("eth_subscribe", "[\"newHeads\"]").at("/result").asText();
    long latest = bench.session.chain().latest().number();
    behind(id);

    sockets.committed(ledger);

    List<Long> told = told(id);
    assertEquals(List.of(latest - 2, latest - 1, latest), told);
    sockets.committed(ledger);
    assertEquals(told, told(id));
    assertTrue(call("eth_unsubscribe", "[\"" + id + "\"]").at("/result").asBoolean());
    assertTrue(call("eth_unsubscribe", "[\"" + id + "\"]").has("error"));
    sockets.gone(CONNECTION);
    assertEquals(0, store.items().size());
  }

  @Test
  void whoIsGoneIsForgotten() {
    sockets.connect(CONNECTION, "chain", Optional.empty());
    behind(call("eth_subscribe", "[\"newHeads\"]").at("/result").asText());
    gateway.gone = true;

    sockets.committed(ledger);

    assertEquals(0, store.items().size());
    assertFalse(gateway.cut);
  }

  @Test
  void whoCannotBeToldIsCutOff() {
    sockets.connect(CONNECTION, "chain", Optional.empty());
    behind(call("eth_subscribe", "[\"newHeads\"]").at("/result").asText());
    gateway.silent = true;

    sockets.committed(ledger);

    assertTrue(gateway.cut);
    assertEquals(0, store.items().size());
  }

  @Test
  void aCredentialThatNoLongerHoldsEndsTheConnection() {
    sockets.connect(CONNECTION, "chain", Optional.of("mk_test_key"));
    behind(call("eth_subscribe", "[\"newHeads\"]").at("/result").asText());
    int sent = gateway.sent.size();
    revoked = true;

    sockets.committed(ledger);

    assertTrue(gateway.cut);
    assertEquals(sent, gateway.sent.size());
    assertThrows(
        RefusedException.class, () -> sockets.connect("other=", "chain", Optional.of("mk")));
  }

  @Test
  void aConnectionEndsWithItsTimeAndAnUnknownOneIsCutOff() {
    sockets.connect(CONNECTION, "chain", Optional.empty());
    now = now.plus(HeldConnections.KEPT).plus(Duration.ofSeconds(1));
    sockets.received(CONNECTION, request("eth_chainId", "[]").getBytes(StandardCharsets.UTF_8));
    assertTrue(gateway.cut);
    assertEquals(List.of(), gateway.sent);
  }

  @Test
  void connectionsAndSubscriptionsAreBounded() {
    for (int i = 0; i < RpcLimit.RPC_CONNECTIONS_MAX.intValue(); i++) {
      sockets.connect("c" + i, "chain", Optional.empty());
    }
    RefusedException refused =
        assertThrows(
            RefusedException.class, () -> sockets.connect("more", "chain", Optional.empty()));
    assertEquals(PlatformRefusal.RATE_EXCEEDED, refused.refusal());

    sockets.gone("c0");
    sockets.connect(CONNECTION, "chain", Optional.empty());
    for (int i = 0; i < RpcLimit.RPC_SUBSCRIPTIONS_MAX.intValue(); i++) {
      assertTrue(call("eth_subscribe", "[\"newHeads\"]").has("result"));
    }
    assertTrue(call("eth_subscribe", "[\"newHeads\"]").has("error"));
    assertEquals(
        RpcError.METHOD_NOT_FOUND,
        call("eth_subscribe", "[\"newPendingTransactions\"]").at("/error/code").asInt());
  }

  @Test
  void aFilterIsKeptAsItWasAskedFor() {
    sockets.connect(CONNECTION, "chain", Optional.empty());
    String id =
        call(
                "eth_subscribe",
                "[\"logs\",{\"address\":\"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df\",\"topics\":[null,\"0x"
                    + "11".repeat(32)
                    + "\"]}]")
            .at("/result")
            .asText();
    Item item = store.get(Key.of(ledger, "SUBSCRIPTION", CONNECTION, id));
    var logs = (Subscriptions.Topic.Logs) TopicCbor.read(item.body());
    assertEquals(1, logs.filter().addresses().size());
    assertEquals(2, logs.filter().topics().size());
    assertEquals(0, logs.filter().topics().getFirst().size());
    assertEquals(logs, TopicCbor.read(TopicCbor.write(logs)));
  }

  /** As if the connection had subscribed some blocks ago. */
  private void behind(String id) {
    Key key = Key.of(ledger, "SUBSCRIPTION", CONNECTION, id);
    Item item = store.get(key);
    store.put(
        List.of(new Derived(new Item(key, item.version() - BEHIND, item.body()), Derived.NEVER)));
  }

  private JsonNode call(String method, String parameters) {
    sockets.received(CONNECTION, request(method, parameters).getBytes(StandardCharsets.UTF_8));
    return gateway.sent.getLast();
  }

  private List<Long> told(String id) {
    return gateway.sent.stream()
        .filter(message -> message.at("/params/subscription").asText().equals(id))
        .map(message -> Long.decode(message.at("/params/result/number").asText()))
        .toList();
  }

  private static final class FakeGateway implements GatewaySockets.Gateway {
    private final List<JsonNode> sent = new ArrayList<>();
    private boolean gone;
    private boolean silent;
    private boolean cut;

    @Override
    public boolean send(String connection, byte[] message) {
      if (silent) {
        throw new GatewayUnavailableException("silent", new RuntimeException());
      }
      if (!gone) {
        sent.add(Vectors.read(message));
      }
      return !gone;
    }

    @Override
    public void cut(String connection) {
      cut = true;
    }
  }
}
