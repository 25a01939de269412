package io.mooring.contracts.rpc;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mooring.evm.Address;
import io.mooring.evm.Hash;
import io.mooring.evm.U256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;

/** Writes one JSON value into memory as it goes, up to a bound. Not thread-safe. */
public final class JsonOutput {
  private static final JsonFactory FACTORY = new ObjectMapper().getFactory();

  private final Bounded bytes;
  private final JsonGenerator json;

  /**
   * @param bytesMax what the value may have; a longer one ends in {@link RpcException}
   */
  public JsonOutput(long bytesMax) {
    bytes = new Bounded(bytesMax);
    try {
      json = FACTORY.createGenerator(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Bounded extends ByteArrayOutputStream {
    private final long bytesMax;

    Bounded(long bytesMax) {
      super(256);
      this.bytesMax = bytesMax;
    }

    @Override
    public synchronized void write(int b) {
      check(1);
      super.write(b);
    }

    @Override
    public synchronized void write(byte[] source, int offset, int length) {
      check(length);
      super.write(source, offset, length);
    }

    private void check(int more) {
      if (size() + (long) more > bytesMax) {
        throw RpcError.limit(RpcLimit.RPC_ANSWER_BYTES_MAX, "the answer is too large").exception();
      }
    }
  }

  private interface Writing {
    void write() throws IOException;
  }

  private JsonOutput write(Writing writing) {
    try {
      writing.write();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public byte[] toBytes() {
    write(json::close);
    return bytes.toByteArray();
  }

  public JsonOutput startObject() {
    return write(json::writeStartObject);
  }

  public JsonOutput endObject() {
    return write(json::writeEndObject);
  }

  public JsonOutput startArray() {
    return write(json::writeStartArray);
  }

  public JsonOutput endArray() {
    return write(json::writeEndArray);
  }

  public JsonOutput name(String name) {
    return write(() -> json.writeFieldName(name));
  }

  public JsonOutput text(String value) {
    return write(() -> json.writeString(value));
  }

  public JsonOutput flag(boolean value) {
    return write(() -> json.writeBoolean(value));
  }

  public JsonOutput nothing() {
    return write(json::writeNull);
  }

  public JsonOutput integer(long value) {
    return write(() -> json.writeNumber(value));
  }

  public JsonOutput fraction(double value) {
    return write(() -> json.writeNumber(value));
  }

  public JsonOutput tree(JsonNode value) {
    return write(() -> json.writeTree(value));
  }

  public JsonOutput quantity(String name, long unsigned) {
    return name(name).text(Hex.quantity(unsigned));
  }

  public JsonOutput quantity(String name, U256 value) {
    return name(name).text(Hex.quantity(value));
  }

  public JsonOutput data(String name, byte[] value) {
    return name(name).text(Hex.data(value));
  }

  public JsonOutput hash(String name, Hash value) {
    return name(name).text(value.toString());
  }

  public JsonOutput address(String name, Address value) {
    return name(name).text(value.toString());
  }

  public JsonOutput text(String name, String value) {
    return name(name).text(value);
  }

  public JsonOutput nothing(String name) {
    return name(name).nothing();
  }

  public <T> JsonOutput list(String name, Iterable<T> items, Consumer<T> write) {
    return name(name).list(items, write);
  }

  public <T> JsonOutput list(Iterable<T> items, Consumer<T> write) {
    startArray();
    items.forEach(write);
    return endArray();
  }
}
