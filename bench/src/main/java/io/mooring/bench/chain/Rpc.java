package io.mooring.bench.chain;

import io.mooring.bench.ledger.Connection;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One connection to a chain's JSON-RPC. Not thread-safe. */
final class Rpc implements Closeable {
  private static final Pattern RESULT = Pattern.compile("\"result\"\\s*:\\s*\"(0x[0-9a-fA-F]*)\"");

  private final Connection connection;
  private final String path;

  Rpc(URI chain) throws IOException {
    this.connection = new Connection(chain);
    this.path = chain.getPath().isEmpty() ? "/" : chain.getPath();
  }

  /** Sends a body as it is and gives the answer, in which nothing may be an error. */
  String send(String body) throws IOException {
    Connection.Reply reply =
        connection.send(
            connection.request(
                "POST",
                path,
                "Content-Type: application/json\r\n",
                body.getBytes(StandardCharsets.US_ASCII)));
    String text = reply.text();
    if (reply.status() != 200 || text.contains("\"error\"")) {
      throw new IOException("refused with " + reply.status() + ": " + text);
    }
    return text;
  }

  /** The result of one call, which is a string of hexadecimal digits. */
  String call(String method, String parameters) throws IOException {
    String text = send(request(1, method, parameters));
    Matcher result = RESULT.matcher(text);
    if (!result.find()) {
      throw new IOException(method + " has no result: " + text);
    }
    return result.group(1);
  }

  static String request(int id, String method, String parameters) {
    return "{\"jsonrpc\":\"2.0\",\"id\":"
        + id
        + ",\"method\":\""
        + method
        + "\",\"params\":["
        + parameters
        + "]}";
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }
}
