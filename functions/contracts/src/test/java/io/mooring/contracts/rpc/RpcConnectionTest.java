package io.mooring.contracts.rpc;

import static io.mooring.contracts.rpc.Bench.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RpcConnectionTest {
  private final Bench bench = new Bench();
  private final ExecutorService tasks = Executors.newVirtualThreadPerTaskExecutor();
  private final Wire wire = new Wire();
  private final RpcConnection connection =
      new RpcConnection(
          bench.dispatcher, bench.session, wire, tasks, new AtomicLong()::incrementAndGet);

  /** A client that reads, unless it was told to stop. */
  private static final class Wire implements RpcConnection.Channel {
    final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
    final BlockingQueue<Integer> closed = new LinkedBlockingQueue<>();
    volatile CountDownLatch reads = new CountDownLatch(0);

    @Override
    public void send(byte[] message) throws InterruptedException {
      reads.await();
      messages.add(new String(message, StandardCharsets.UTF_8));
    }

    @Override
    public void close(int code, String reason) {
      closed.add(code);
    }

    JsonNode next() throws InterruptedException {
      String message = messages.poll(20, TimeUnit.SECONDS);
      assertTrue(message != null, "nothing was sent");
      return Vectors.read(message.getBytes(StandardCharsets.UTF_8));
    }
  }

  @AfterEach
  void close() {
    wire.reads.countDown();
    connection.close();
    tasks.shutdownNow();
    bench.close();
  }

  private JsonNode call(String method, String params) throws InterruptedException {
    connection.received(request(method, params).getBytes(StandardCharsets.UTF_8));
    return wire.next();
  }

  @Test
  void tellsOfNewHeadsUntilItIsUnsubscribed() throws Exception {
    String id = call("eth_subscribe", "[\"newHeads\"]").at("/result").asText();

    bench.chain.tellAgain(5);

    JsonNode told = wire.next();
    assertEquals("eth_subscription", told.at("/method").asText());
    assertEquals(id, told.at("/params/subscription").asText());
    assertEquals("0x5", told.at("/params/result/number").asText());
    assertTrue(call("eth_unsubscribe", "[\"" + id + "\"]").at("/result").asBoolean());
    assertEquals(0, bench.chain.listenerCount());
    assertEquals(
        "subscription not found",
        call("eth_unsubscribe", "[\"" + id + "\"]").at("/error/message").asText());
  }

  @Test
  void tellsOfTheLogsThatTheFilterLetsThroughAndNoOthers() throws Exception {
    call(
        "eth_subscribe", "[\"logs\",{\"address\":\"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df\"}]");

    bench.chain.tellAgain(3); // has logs of another contract
    bench.chain.tellAgain(4);

    JsonNode told = wire.next().at("/params/result");
    assertEquals("0x4", told.at("/blockNumber").asText());
    assertEquals("0x7dcd17433742f4c0ca53122ab541d0ba67fc27df", told.at("/address").asText());
  }

  @Test
  void tellsOfPendingTransactionsByHashOrWhole() throws Exception {
    call("eth_subscribe", "[\"newPendingTransactions\"]");
    Vectors.Vector sent =
        Vectors.all().stream()
            .filter(each -> each.name().endsWith("send-access-list-transaction.io"))
            .findFirst()
            .orElseThrow();

    String hash =
        Vectors.read(bench.dispatcher.answer(sent.request(), bench.session).join())
            .at("/result")
            .asText();

    assertEquals(hash, wire.next().at("/params/result").asText());
  }

  @Test
  void cutsAClientThatReadsTooSlowlyWithACodeThatSaysSo() throws Exception {
    call("eth_subscribe", "[\"newHeads\"]");
    wire.reads = new CountDownLatch(1);

    // One is on its way while the others wait.
    for (int i = 0; i <= RpcLimit.RPC_NOTIFICATIONS_WAITING_MAX.intValue() + 1; i++) {
      bench.chain.tellAgain(5);
    }

    assertEquals(RpcConnection.CLOSED_FOR_SLOWNESS, wire.closed.poll(20, TimeUnit.SECONDS));
    assertEquals(0, bench.chain.listenerCount());
  }

  @Test
  void takesSubscriptionsUpToTheLimit() throws Exception {
    for (int i = 0; i < RpcLimit.RPC_SUBSCRIPTIONS_MAX.intValue(); i++) {
      assertTrue(call("eth_subscribe", "[\"newHeads\"]").has("result"));
    }

    assertEquals(
        RpcError.LIMIT_EXCEEDED, call("eth_subscribe", "[\"newHeads\"]").at("/error/code").asInt());
  }

  @Test
  void cutsAClientThatSendsMoreThanItWaitsFor() throws Exception {
    wire.reads = new CountDownLatch(1);

    for (int i = 0; i <= RpcConnection.UNANSWERED_MAX; i++) {
      connection.received(request("net_listening", "[]").getBytes(StandardCharsets.UTF_8));
    }

    assertEquals(RpcConnection.CLOSED_FOR_POLICY, wire.closed.poll(20, TimeUnit.SECONDS));
  }

  @Test
  void nothingIsSubscribedWhereThereIsNoConnection() {
    assertEquals(
        "notifications not supported",
        bench.call("eth_subscribe", "[\"newHeads\"]").at("/error/message").asText());
  }
}
