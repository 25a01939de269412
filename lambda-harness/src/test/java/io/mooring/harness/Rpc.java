package io.mooring.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.mooring.evm.transaction.SignedTransaction;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicInteger;

/** A client of the chain's JSON-RPC that asks again where it is not answered. */
record Rpc(Cloud cloud, URI url, String ledger, String credential, AtomicInteger repeated) {
  /** Sixteen environments share two cores with whatever else is tested. */
  private static final int TRIES_MAX = 1_000;

  private static final long PAUSE_MILLIS = 200;

  Rpc(Cloud cloud, URI url, String ledger, String credential) {
    this(cloud, url, ledger, credential, new AtomicInteger());
  }

  /** Sends the same bytes until the chain says where the transaction stands. */
  void sendUntilItStands(SignedTransaction transaction) throws InterruptedException {
    String raw = "\"0x" + HexFormat.of().formatHex(transaction.encode()) + "\"";
    String hash = "\"0x" + HexFormat.of().formatHex(transaction.hash().bytes()) + "\"";
    for (int tries = 1; tries <= TRIES_MAX; tries++) {
      String why;
      try {
        why = call("eth_sendRawTransaction", raw).path("error").toString();
        JsonNode receipt = call("eth_getTransactionReceipt", hash).path("result");
        if (receipt.isObject()) {
          assertEquals("0x1", receipt.path("status").asText(), receipt.toString());
          return;
        }
      } catch (UncheckedIOException timedOut) {
        why = timedOut.toString();
      }
      assertTrue(tries < TRIES_MAX, hash + " never stood: " + why);
      repeated.incrementAndGet();
      Thread.sleep(PAUSE_MILLIS);
    }
  }

  JsonNode result(String method, String parameters) throws InterruptedException {
    JsonNode answer = call(method, parameters);
    for (int tries = 1; tries < TRIES_MAX && !answer.has("result"); tries++) {
      Thread.sleep(PAUSE_MILLIS);
      answer = call(method, parameters);
    }
    assertTrue(answer.has("result"), answer.toString());
    return answer.path("result");
  }

  /** What is no JSON is the gateway's own answer, and has neither result nor error. */
  private JsonNode call(String method, String parameters) {
    HttpResponse<String> answer =
        cloud.post(
            url,
            ledger + "/rpc",
            credential,
            "",
            """
            {"jsonrpc":"2.0","id":1,"method":"%s","params":[%s]}\
            """
                .formatted(method, parameters));
    return Cloud.json(answer.body().startsWith("{") ? answer.body() : "{}");
  }
}
