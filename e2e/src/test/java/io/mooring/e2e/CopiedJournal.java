package io.mooring.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The product with another journal in it, as whoever has the journal's key could show it: a copy
 * whose entries say what the test wants, hashed and signed again. All else is the product's.
 */
final class CopiedJournal implements AutoCloseable {
  private static final String JOURNAL = "/v1/ledgers/led_journal";
  private static final int PER_PAGE = 100;
  private static final byte ED25519 = 1;
  private static final int KEY_BYTES = 32;

  private final LocalProduct product;
  private final String credential;
  private final UnaryOperator<String> invoice;
  private final HttpClient client = HttpClient.newHttpClient();
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;
  private final List<String> entries = new ArrayList<>();
  private final String checkpoint;
  private final String key;

  /**
   * @param data what an entry of the journal is to say, by what it says
   * @param invoice what a statement is to say
   */
  CopiedJournal(
      LocalProduct product,
      String credential,
      UnaryOperator<String> data,
      UnaryOperator<String> invoice) {
    this.product = product;
    this.credential = credential;
    this.invoice = invoice;
    List<byte[]> leaves = new ArrayList<>();
    for (JsonNode entry : entries()) {
      ObjectNode said = bent((ObjectNode) entry, data);
      leaves.add(base64(said, "entry"));
      entries.add(said.toString());
    }
    String signed = product.get(JOURNAL + "/log/checkpoint", credential).body();
    String origin = signed.substring(0, signed.indexOf('\n'));
    try {
      KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      byte[] publicKey = pair.getPublic().getEncoded();
      byte[] typeAndKey =
          join(
              new byte[] {ED25519},
              Arrays.copyOfRange(publicKey, publicKey.length - KEY_BYTES, publicKey.length));
      byte[] named = join((origin + "\n").getBytes(StandardCharsets.UTF_8), typeAndKey);
      byte[] id = Arrays.copyOf(sha256(named), Integer.BYTES);
      key = origin + "+" + HexFormat.of().formatHex(id) + "+" + base64(typeAndKey);
      String text = origin + "\n" + leaves.size() + "\n" + base64(root(leaves)) + "\n";
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(pair.getPrivate());
      signature.update(text.getBytes(StandardCharsets.UTF_8));
      checkpoint = text + "\n— " + origin + " " + base64(join(id, signature.sign())) + "\n";
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(executor);
    server.createContext("/", this::handle);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** The key that this copy is signed with. */
  String key() {
    return key;
  }

  private List<JsonNode> entries() {
    List<JsonNode> all = new ArrayList<>();
    for (JsonNode page = page(0); !page.isEmpty(); page = page(all.size())) {
      page.forEach(all::add);
    }
    return all;
  }

  private JsonNode page(int from) {
    String path = JOURNAL + "/entries?from=" + from + "&perPage=" + PER_PAGE;
    return LocalProduct.json(product.get(path, credential)).get("items");
  }

  /** The entry with other data, and the leaf that commits to it; its length stays. */
  private static ObjectNode bent(ObjectNode entry, UnaryOperator<String> data) {
    if (!entry.has("data")) {
      return entry;
    }
    String before = entry.get("data").toString();
    String after = data.apply(before);
    if (after.length() != before.length()) {
      throw new IllegalArgumentException("a leaf says the length, which stays");
    }
    byte[] salt = base64(entry, "salt");
    String leaf = HexFormat.of().formatHex(base64(entry, "entry"));
    String commitment = HexFormat.of().formatHex(commitment(salt, before));
    if (!leaf.contains(commitment)) {
      throw new IllegalStateException("its data is not what its leaf commits to: " + entry);
    }
    String bent = leaf.replace(commitment, HexFormat.of().formatHex(commitment(salt, after)));
    ObjectNode said = entry.deepCopy();
    said.set("data", parsed(after));
    return said.put("entry", base64(HexFormat.of().parseHex(bent)));
  }

  private static JsonNode parsed(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException("no JSON: " + text, e);
    }
  }

  private static byte[] commitment(byte[] salt, String data) {
    return sha256(join(salt, sha256(data.getBytes(StandardCharsets.UTF_8))));
  }

  /** The Merkle tree hash of RFC 9162, section 2.1.1. */
  private static byte[] root(List<byte[]> leaves) {
    if (leaves.size() == 1) {
      return sha256(join(new byte[] {0}, leaves.getFirst()));
    }
    int left = Integer.highestOneBit(leaves.size() - 1);
    return sha256(
        join(
            new byte[] {1},
            root(leaves.subList(0, left)),
            root(leaves.subList(left, leaves.size()))));
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      String asked = exchange.getRequestURI().toString();
      if (path.equals(JOURNAL + "/log/checkpoint")) {
        answer(exchange, 200, checkpoint.getBytes(StandardCharsets.UTF_8));
      } else if (path.equals(JOURNAL + "/entries")) {
        int from = Integer.parseInt(exchange.getRequestURI().getQuery().split("[=&]")[1]);
        String page =
            IntStream.range(from, Math.min(from + PER_PAGE, entries.size()))
                .mapToObj(entries::get)
                .collect(Collectors.joining(",", "{\"items\":[", "]}"));
        answer(exchange, 200, page.getBytes(StandardCharsets.UTF_8));
      } else if (path.startsWith("/v1/statements/")) {
        String honest = product.get(asked, credential).body();
        answer(exchange, 200, invoice.apply(honest).getBytes(StandardCharsets.UTF_8));
      } else {
        relay(exchange, asked);
      }
    }
  }

  private void relay(HttpExchange exchange, String asked) throws IOException {
    try {
      HttpResponse<byte[]> answer =
          client.send(product.request(asked, credential).build(), BodyHandlers.ofByteArray());
      answer(exchange, answer.statusCode(), answer.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
  }

  private static byte[] base64(JsonNode entry, String member) {
    return Base64.getDecoder().decode(entry.get(member).asText());
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    Arrays.stream(parts).forEach(joined::writeBytes);
    return joined.toByteArray();
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    client.shutdownNow();
    executor.shutdownNow();
  }
}
