package io.mooring.bench.ledger;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * One keep-alive HTTP/1.1 connection that costs as little as it can, because whoever makes the load
 * takes the processors from whoever bears it. Not thread-safe.
 */
public final class Connection implements Closeable {
  private static final int BUFFER_BYTES = 64 * 1024;
  private static final int LINE_BYTES_MAX = 8 * 1024;

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private final String host;
  private final byte[] line = new byte[LINE_BYTES_MAX];

  public Connection(URI server) throws IOException {
    socket = new Socket(server.getHost(), server.getPort());
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream(), BUFFER_BYTES);
    out = socket.getOutputStream();
    host = server.getHost() + ":" + server.getPort();
  }

  /** What came back. */
  public record Reply(int status, byte[] body) {
    public String text() {
      return new String(body, StandardCharsets.UTF_8);
    }
  }

  /** A whole request, to be sent many times over. */
  public byte[] request(String method, String path, String headers, byte[] body) {
    byte[] head =
        (method
                + " "
                + path
                + " HTTP/1.1\r\nHost: "
                + host
                + "\r\n"
                + headers
                + "Content-Length: "
                + body.length
                + "\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII);
    byte[] request = new byte[head.length + body.length];
    System.arraycopy(head, 0, request, 0, head.length);
    System.arraycopy(body, 0, request, head.length, body.length);
    return request;
  }

  public Reply send(byte[] request) throws IOException {
    out.write(request);
    int status = Integer.parseInt(readLine().substring(9, 12));
    int length = 0;
    for (String header = readLine(); !header.isEmpty(); header = readLine()) {
      if (header.regionMatches(true, 0, "content-length:", 0, 15)) {
        length = Integer.parseInt(header.substring(15).strip());
      }
    }
    return new Reply(status, in.readNBytes(length));
  }

  private String readLine() throws IOException {
    int length = 0;
    while (true) {
      int b = in.read();
      if (b < 0 || length == LINE_BYTES_MAX) {
        throw new IOException("the server hung up in the middle of an answer");
      }
      if (b == '\n') {
        return new String(line, 0, Math.max(0, length - 1), StandardCharsets.US_ASCII);
      }
      line[length++] = (byte) b;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
