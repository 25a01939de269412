package io.mooring.platform.outbound;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a tenant's URL can lead to, and how long and how much it can be. */
class GuardedFetchTest {
  private static final Vertx VERTX = Vertx.vertx();

  private final GuardedFetch guarded = new GuardedFetch(VERTX, () -> false);
  private final GuardedFetch atHome = new GuardedFetch(VERTX, () -> true);
  private final AtomicInteger asked = new AtomicInteger();
  private HttpServer server;
  private String url;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    url = "http://127.0.0.1:" + server.getAddress().getPort();
    answer("/small", 200, 100, "");
    answer("/largest", 200, GuardedFetch.BYTES_MAX, "");
    answer("/larger", 200, GuardedFetch.BYTES_MAX + 1, "");
    answer("/moved", 302, 1, url + "/small");
    answer("/error", 500, 1, "");
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    guarded.close();
    atHome.close();
  }

  @AfterAll
  static void close() {
    VERTX.close();
  }

  @Test
  void aSmallDocumentIsFetched() throws OutboundException {
    assertArrayEquals(new byte[100], atHome.get(url + "/small"));
    assertEquals(GuardedFetch.BYTES_MAX, atHome.get(url + "/largest").length);
  }

  @Test
  void oneByteMoreThanTheBoundIsNot() {
    assertRefused(atHome, url + "/larger", "the answer is too large");
  }

  @Test
  void redirectsAreNotFollowedAndErrorsAreNoDocuments() {
    assertRefused(atHome, url + "/moved", "the answer is not a 200");
    assertEquals(1, asked.get());
    assertRefused(atHome, url + "/error", "the answer is not a 200");
    assertRefused(atHome, url + "/nowhere", "the answer is not a 200");
  }

  @Test
  void aServerThatNeverAnswersIsLeftAtTheDeadline() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      long start = System.nanoTime();
      assertThrows(
          OutboundException.class,
          () -> atHome.get("http://127.0.0.1:" + silent.getLocalPort() + "/"));
      long millis = (System.nanoTime() - start) / 1_000_000;
      assertTrue(millis < GuardedFetch.DEADLINE.toMillis() + 2_000, millis + " ms");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://example.com/",
        "file:///etc/passwd",
        "gopher://127.0.0.1/",
        "https://user@example.com/",
        "https://example.com/#x",
        "https:///x",
        "//example.com/",
        "",
        "https://exa mple.com/"
      })
  void whatIsNotAPlainHttpsUrlIsRefusedUnfetched(String bad) {
    assertThrows(OutboundException.class, () -> guarded.get(bad));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://127.0.0.1/",
        "https://localhost/",
        "https://[::1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://169.254.169.254/latest/meta-data/",
        "https://10.0.0.1/",
        "https://192.168.0.1:8443/",
        "https://0/",
        "https://2130706433/",
        "https://0x7f000001/",
        "https://0177.0.0.1/",
        "https://127.1/"
      })
  void noSpellingOfAnInsideAddressIsConnectedTo(String inside) {
    var refused = assertThrows(OutboundException.class, () -> guarded.get(inside));
    String message = String.valueOf(refused.getMessage());
    assertTrue(
        message.equals("the host is not on the public Internet")
            || message.equals("the host has no address")
            || message.startsWith("a URL has"),
        message);
    assertEquals(0, asked.get());
  }

  private static void assertRefused(GuardedFetch fetch, String url, String why) {
    var refused = assertThrows(OutboundException.class, () -> fetch.get(url));
    assertEquals(why, refused.getMessage());
  }

  private void answer(String path, int status, int bytes, String location) {
    server.createContext(
        path,
        exchange -> {
          asked.incrementAndGet();
          if (!location.isEmpty()) {
            exchange.getResponseHeaders().set("Location", location);
          }
          try (exchange) {
            exchange.sendResponseHeaders(status, bytes);
            exchange.getResponseBody().write(new byte[bytes]);
          } catch (IOException e) {
            // The reader hung up on too large an answer, as it should.
          }
        });
  }
}
