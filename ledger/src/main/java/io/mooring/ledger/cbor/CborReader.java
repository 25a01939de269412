package io.mooring.ledger.cbor;

import io.mooring.ledger.MalformedException;
import io.mooring.ledger.Utf8;
import java.util.Arrays;
import java.util.function.LongConsumer;

/**
 * Reads deterministic CBOR and refuses every other spelling: longer numbers than needed, indefinite
 * lengths, unsorted or repeated keys, text that is not UTF-8. Tags and floats are refused too,
 * because nothing here means anything by them. Not thread-safe.
 */
public final class CborReader {
  public static final int MAX_DEPTH = 16;

  private final byte[] bytes;
  private int at;

  /** Reads from {@code bytes}, which must not change meanwhile. */
  public CborReader(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Refuses anything but exactly one deterministic item. */
  public static void check(byte[] bytes) {
    CborReader reader = new CborReader(bytes);
    reader.skip();
    reader.end();
  }

  public boolean atEnd() {
    return at == bytes.length;
  }

  public void end() {
    if (!atEnd()) {
      throw new MalformedException((bytes.length - at) + " bytes after the end of the CBOR item");
    }
  }

  public long unsigned() {
    return argument(MajorType.UNSIGNED);
  }

  public byte[] bytes(int max) {
    int length = length(MajorType.BYTES, max);
    at += length;
    return Arrays.copyOfRange(bytes, at - length, at);
  }

  public String text(int maxBytes) {
    return utf8(length(MajorType.TEXT, maxBytes));
  }

  public boolean bool() {
    long value = argument(MajorType.SIMPLE);
    if (value != Simple.TRUE && value != Simple.FALSE) {
      throw new MalformedException("expected true or false before byte " + at);
    }
    return value == Simple.TRUE;
  }

  public int array(int maxItems) {
    return length(MajorType.ARRAY, maxItems);
  }

  /** Reads a map whose keys are unsigned numbers; {@code field} reads the value of each. */
  public void numberedMap(int maxPairs, LongConsumer field) {
    int pairs = length(MajorType.MAP, maxPairs);
    long last = -1;
    for (int i = 0; i < pairs; i++) {
      long key = unsigned();
      if (key <= last) {
        throw new MalformedException("CBOR map key " + key + " is repeated or out of order");
      }
      last = key;
      field.accept(key);
    }
  }

  /** Reads one item of any kind for nothing but its form. */
  public void skip() {
    skip(1);
  }

  private void skip(int depth) {
    if (depth > MAX_DEPTH) {
      throw new MalformedException("CBOR nested deeper than " + MAX_DEPTH);
    }
    MajorType type = peek();
    long argument = argument(type);
    switch (type) {
      case UNSIGNED, NEGATIVE -> {}
      case BYTES -> at += within(argument, 1);
      case TEXT -> utf8(within(argument, 1));
      case ARRAY -> {
        int items = within(argument, 1);
        for (int i = 0; i < items; i++) {
          skip(depth + 1);
        }
      }
      case MAP -> skipMap(within(argument, 2), depth);
      case SIMPLE -> {
        if (argument < Simple.FALSE || argument > Simple.NULL) {
          throw new MalformedException("CBOR simple value " + argument + " is not taken");
        }
      }
      case TAG -> throw new AssertionError("argument() refuses tags");
    }
  }

  private void skipMap(int pairs, int depth) {
    int lastFrom = at;
    int lastTo = at; // the first key follows an empty one
    for (int i = 0; i < pairs; i++) {
      int from = at;
      skip(depth + 1);
      if (Arrays.compareUnsigned(bytes, lastFrom, lastTo, bytes, from, at) >= 0) {
        throw new MalformedException("CBOR map key at byte " + from + " is repeated or unsorted");
      }
      lastFrom = from;
      lastTo = at;
      skip(depth + 1);
    }
  }

  private String utf8(int length) {
    String text = Utf8.decode(bytes, at, length);
    at += length;
    return text;
  }

  private MajorType peek() {
    if (atEnd()) {
      throw new MalformedException("CBOR ends in the middle of an item, at byte " + at);
    }
    return MajorType.of(bytes[at]);
  }

  private int length(MajorType type, int max) {
    long length = argument(type);
    if (length > max) {
      throw new MalformedException(
          "CBOR " + type + " of " + length + " where at most " + max + " is taken");
    }
    return within(length, type == MajorType.MAP ? 2 : 1);
  }

  /** Refuses a count of things, each at least {@code width} bytes, that the input cannot hold. */
  private int within(long count, int width) {
    if (count > (bytes.length - at) / width) {
      throw new MalformedException("CBOR length " + count + " is more than what follows it");
    }
    return (int) count;
  }

  private long argument(MajorType expected) {
    MajorType type = peek();
    if (type != expected) {
      throw new MalformedException(
          "expected CBOR " + expected + " at byte " + at + ", not " + type);
    }
    int start = at;
    int low = bytes[at++] & 0x1f;
    if (type == MajorType.TAG) {
      throw new MalformedException("CBOR tags are not taken (byte " + start + ")");
    }
    if (low < Argument.ONE_BYTE) {
      return low;
    }
    if (low == Argument.INDEFINITE) {
      throw new MalformedException(
          "CBOR of indefinite length is not deterministic (byte " + start + ")");
    }
    if (low > Argument.EIGHT_BYTES || type == MajorType.SIMPLE) {
      throw new MalformedException("CBOR item at byte " + start + " is of no known kind");
    }
    return longArgument(1 << (low - Argument.ONE_BYTE), start);
  }

  private long longArgument(int width, int start) {
    if (bytes.length - at < width) {
      throw new MalformedException("CBOR ends in the middle of a number, at byte " + at);
    }
    long value = 0;
    for (int i = 0; i < width; i++) {
      value = value << Byte.SIZE | (bytes[at++] & 0xff);
    }
    if (value < 0) {
      throw new MalformedException("CBOR number at byte " + start + " is not below 2^63");
    }
    boolean shorterFits = width == 1 ? value < Argument.ONE_BYTE : value >>> (width * 4) == 0;
    if (shorterFits) {
      throw new MalformedException("CBOR number at byte " + start + " is longer than it need be");
    }
    return value;
  }
}
