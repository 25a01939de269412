package io.mooring.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A token is deployed, sent and watched by the tools that its developers use already. */
@ExtendWith(SharedProduct.class)
class ContractsJourneyIT {
  private static final int CONNECTIONS_MAX = 100; // rpcConnectionsMax
  private static final int TOO_MANY = 429;

  @TempDir Path folder;

  @Test
  void withEthers(LocalProduct product) {
    NodeTools.runGuide("ethers", folder, product);
    assertFalse(product.file("mooring.log").contains(product.apiKey()), "the key of the URL");
  }

  @Test
  void aTenantHasSoManyConnectionsAndGetsBackThoseThatEnd(LocalProduct product) {
    URI url = URI.create(product.devEnv().get("MOORING_RPC_URL").replace("http", "ws"));
    List<WebSocket> open = new ArrayList<>();
    try (HttpClient client = HttpClient.newHttpClient()) {
      for (int i = 0; i < CONNECTIONS_MAX; i++) {
        open.add(connected(client, url));
      }
      var refused = assertThrows(CompletionException.class, () -> connected(client, url));
      var answer = (WebSocketHandshakeException) refused.getCause();
      assertEquals(TOO_MANY, answer.getResponse().statusCode());

      open.forEach(WebSocket::abort);
      open.clear();
      open.add(connectedSoon(client, url));
    } finally {
      open.forEach(WebSocket::abort);
    }
  }

  private static WebSocket connected(HttpClient client, URI url) {
    return client.newWebSocketBuilder().buildAsync(url, new WebSocket.Listener() {}).join();
  }

  /** The server may hear a moment later that the others are gone. */
  private static WebSocket connectedSoon(HttpClient client, URI url) {
    for (int tries = 0; tries < 50; tries++) {
      try {
        return connected(client, url);
      } catch (CompletionException stillFull) {
        pause();
      }
    }
    return connected(client, url);
  }

  private static void pause() {
    try {
      Thread.sleep(100);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void withViem(LocalProduct product) {
    NodeTools.runGuide("viem", folder, product);
  }

  @Test
  void withHardhat(LocalProduct product) {
    NodeTools.runGuide("hardhat", folder, product);
  }

  @Test
  void withFoundry(LocalProduct product) {
    NodeTools.runGuide("foundry", folder, product);
  }

  @Test
  void withWeb3j(LocalProduct product) {
    NodeTools.runGuide("web3j", folder, product);
  }
}
