package io.mooring.ledgers.json;

import io.mooring.ledger.Hash;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * Writes JSON as UTF-8 straight into bytes, commas included. It trusts its caller to open and close
 * in order. Not thread-safe.
 */
public final class JsonWriter {
  private static final int FIRST_CAPACITY = 1024;
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private byte[] bytes = new byte[FIRST_CAPACITY];
  private int length;
  private boolean comma;

  public JsonWriter beginObject() {
    return begin('{');
  }

  public JsonWriter endObject() {
    return end('}');
  }

  public JsonWriter beginArray() {
    return begin('[');
  }

  public JsonWriter endArray() {
    return end(']');
  }

  public JsonWriter name(String name) {
    string(name);
    put((byte) ':');
    comma = false;
    return this;
  }

  public JsonWriter string(String value) {
    separate();
    put((byte) '"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c >= 0x80) {
        return closing(value.substring(i));
      }
      ascii(c);
    }
    put((byte) '"');
    return this;
  }

  public JsonWriter number(long value) {
    separate();
    append(Long.toString(value).getBytes(StandardCharsets.US_ASCII));
    return this;
  }

  public JsonWriter flag(boolean value) {
    separate();
    append((value ? "true" : "false").getBytes(StandardCharsets.US_ASCII));
    return this;
  }

  /** Writes a hash as base64. */
  public JsonWriter hash(Hash hash) {
    return base64(hash.bytes());
  }

  public JsonWriter base64(byte[] value) {
    separate();
    put((byte) '"');
    append(Base64.getEncoder().encode(value));
    put((byte) '"');
    return this;
  }

  /** Writes bytes that are JSON already. */
  public JsonWriter json(byte[] value) {
    separate();
    append(value);
    return this;
  }

  /** Ends one line of NDJSON: what follows is a value of its own. */
  public JsonWriter newline() {
    put((byte) '\n');
    comma = false;
    return this;
  }

  public byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }

  public String toText() {
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }

  private JsonWriter closing(String rest) {
    for (byte b : rest.getBytes(StandardCharsets.UTF_8)) {
      if (b < 0) {
        put(b);
      } else {
        ascii((char) b);
      }
    }
    put((byte) '"');
    return this;
  }

  private void ascii(char c) {
    if (c == '"' || c == '\\') {
      put((byte) '\\');
      put((byte) c);
    } else if (c == '\n') {
      put((byte) '\\');
      put((byte) 'n');
    } else if (c < ' ') {
      append(new byte[] {'\\', 'u', '0', '0', HEX[c >> 4], HEX[c & 0xf]});
    } else {
      put((byte) c);
    }
  }

  private JsonWriter begin(char bracket) {
    separate();
    put((byte) bracket);
    comma = false;
    return this;
  }

  private JsonWriter end(char bracket) {
    put((byte) bracket);
    comma = true;
    return this;
  }

  private void separate() {
    if (comma) {
      put((byte) ',');
    }
    comma = true;
  }

  private void append(byte[] more) {
    reserve(more.length);
    System.arraycopy(more, 0, bytes, length, more.length);
    length += more.length;
  }

  private void put(byte b) {
    reserve(1);
    bytes[length++] = b;
  }

  private void reserve(int more) {
    int needed = Math.addExact(length, more);
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(needed, 2 * bytes.length));
    }
  }
}
