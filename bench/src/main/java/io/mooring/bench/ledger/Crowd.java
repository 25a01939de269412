package io.mooring.bench.ledger;

import io.mooring.bench.ledger.Connection.Reply;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Clients that each send one request, and send it again as soon as it was answered. One thread
 * drives them all: with a thread for each, waking them took a fifth of the machine from the server.
 */
final class Crowd implements Closeable {
  private static final int READ_BYTES = 256 * 1024;
  private static final byte[] HEAD_END = {'\r', '\n', '\r', '\n'};
  private static final byte[] LENGTH = "\r\ncontent-length:".getBytes(StandardCharsets.US_ASCII);
  private static final int STATUS_AT = "HTTP/1.1 ".length();

  private final Selector selector = Selector.open();
  private final ByteBuffer read = ByteBuffer.allocateDirect(READ_BYTES);
  private final ByteBuffer request;

  /** Hears of every answer. */
  interface Hearer {
    void answered(Reply reply, long beganNanos, long endedNanos) throws IOException;
  }

  Crowd(URI server, int clients, byte[] request) throws IOException {
    this.request = ByteBuffer.allocateDirect(request.length).put(request).flip();
    for (int i = 0; i < clients; i++) {
      SocketChannel channel =
          SocketChannel.open(new InetSocketAddress(server.getHost(), server.getPort()));
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.configureBlocking(false);
      channel.register(selector, SelectionKey.OP_READ, new Client());
    }
  }

  /** Sends until a time, and hears no answer that comes later. */
  void run(long untilNanos, Hearer hearer) throws IOException {
    for (SelectionKey key : selector.keys()) {
      send(key, System.nanoTime());
    }
    while (System.nanoTime() < untilNanos) {
      selector.select(
          key -> {
            try {
              go(key, hearer);
            } catch (IOException e) {
              throw new IllegalStateException(e);
            }
          },
          100);
    }
  }

  private void go(SelectionKey key, Hearer hearer) throws IOException {
    Client client = (Client) key.attachment();
    if (key.isWritable()) {
      write(key, client);
    }
    if (key.isReadable() && client.read((SocketChannel) key.channel(), read)) {
      long now = System.nanoTime();
      hearer.answered(client.reply(), client.beganNanos, now);
      send(key, now);
    }
  }

  private void send(SelectionKey key, long now) throws IOException {
    Client client = (Client) key.attachment();
    client.begin(request.duplicate(), now);
    write(key, client);
  }

  private static void write(SelectionKey key, Client client) throws IOException {
    ((SocketChannel) key.channel()).write(client.unsent);
    int writing = client.unsent.hasRemaining() ? SelectionKey.OP_WRITE : 0;
    if (key.interestOps() != (SelectionKey.OP_READ | writing)) {
      key.interestOps(SelectionKey.OP_READ | writing);
    }
  }

  @Override
  public void close() throws IOException {
    for (SelectionKey key : selector.keys()) {
      key.channel().close();
    }
    selector.close();
  }

  /** One connection, what of its request is not sent yet, and what of its answer is there. */
  private static final class Client {
    private ByteBuffer unsent = ByteBuffer.allocate(0);
    private long beganNanos;
    private byte[] answer = new byte[4 * 1024];
    private int length;
    private int bodyAt;
    private int bodyLength;

    void begin(ByteBuffer request, long now) {
      unsent = request;
      beganNanos = now;
      length = 0;
      bodyAt = 0;
    }

    /** Reads what is there; whether the answer is whole. */
    boolean read(SocketChannel channel, ByteBuffer into) throws IOException {
      into.clear();
      int count = channel.read(into);
      if (count < 0) {
        throw new IOException("the server hung up in the middle of an answer");
      }
      if (length + count > answer.length) {
        answer = Arrays.copyOf(answer, Math.max(2 * answer.length, length + count));
      }
      into.flip().get(answer, length, count);
      length += count;
      if (bodyAt == 0) {
        readHead();
      }
      return bodyAt > 0 && length >= bodyAt + bodyLength;
    }

    private void readHead() {
      int end = find(HEAD_END, length);
      if (end < 0) {
        return;
      }
      bodyAt = end + HEAD_END.length;
      bodyLength = 0;
      int at = find(LENGTH, bodyAt);
      if (at >= 0) {
        for (int i = at + LENGTH.length; answer[i] != '\r'; i++) {
          bodyLength = answer[i] == ' ' ? bodyLength : 10 * bodyLength + answer[i] - '0';
        }
      }
    }

    /** Where these bytes, in lower case, first stand; -1 if they don't. */
    private int find(byte[] bytes, int until) {
      for (int at = 0; at + bytes.length <= until; at++) {
        int same = 0;
        while (same < bytes.length && lower(answer[at + same]) == bytes[same]) {
          same++;
        }
        if (same == bytes.length) {
          return at;
        }
      }
      return -1;
    }

    private static byte lower(byte letter) {
      return letter >= 'A' && letter <= 'Z' ? (byte) (letter + 'a' - 'A') : letter;
    }

    Reply reply() {
      int status = 0;
      for (int i = STATUS_AT; i < STATUS_AT + 3; i++) {
        status = 10 * status + answer[i] - '0';
      }
      return new Reply(status, Arrays.copyOfRange(answer, bodyAt, bodyAt + bodyLength));
    }
  }
}
