package io.mooring.ledgers.http;

import io.mooring.ledger.MalformedException;
import io.mooring.ledger.Utf8;
import java.util.Arrays;

/**
 * A cursor over a CBOR sequence (RFC 8742) as clients write it: definite lengths, any order of
 * keys. What is kept of an entry is its payload's bytes, so the map around them need not be
 * deterministic. Not thread-safe.
 */
final class CborItems {
  static final int DEPTH_MAX = 16;

  private static final int UNSIGNED = 0;
  private static final int BYTES = 2;
  private static final int TEXT = 3;
  private static final int ARRAY = 4;
  private static final int MAP = 5;
  private static final int TAG = 6;
  private static final int SIMPLE = 7;
  private static final int FALSE = 20;
  private static final int TRUE = 21;
  private static final int ONE_BYTE = 24;
  private static final int EIGHT_BYTES = 27;

  private final byte[] bytes;
  private int at;

  CborItems(byte[] bytes) {
    this.bytes = bytes;
  }

  boolean atEnd() {
    return at == bytes.length;
  }

  boolean isBytes() {
    return !atEnd() && major() == BYTES;
  }

  int pairs() {
    return count(MAP, 2);
  }

  String text() {
    int length = count(TEXT, 1);
    at += length;
    return Utf8.decode(bytes, at - length, length);
  }

  byte[] byteString() {
    int length = count(BYTES, 1);
    at += length;
    return Arrays.copyOfRange(bytes, at - length, at);
  }

  long unsigned() {
    return argument(UNSIGNED);
  }

  boolean flag() {
    long value = argument(SIMPLE);
    if (value != FALSE && value != TRUE) {
      throw new MalformedException("true or false was expected before byte " + at);
    }
    return value == TRUE;
  }

  /** The bytes of one item of any kind, as they came. */
  byte[] raw() {
    int from = at;
    skip();
    return Arrays.copyOfRange(bytes, from, at);
  }

  void skip() {
    skip(1);
  }

  private void skip(int depth) {
    if (depth > DEPTH_MAX) {
      throw new MalformedException("CBOR nested deeper than " + DEPTH_MAX);
    }
    requireMore(1);
    switch (major()) {
      case BYTES -> at += count(BYTES, 1);
      case TEXT -> text();
      case ARRAY -> skipAll(count(ARRAY, 1), depth);
      case MAP -> skipAll(2 * count(MAP, 2), depth);
      case TAG -> {
        argument(TAG);
        skip(depth + 1);
      }
      default -> argument(major());
    }
  }

  private void skipAll(int items, int depth) {
    for (int i = 0; i < items; i++) {
      skip(depth + 1);
    }
  }

  private int major() {
    return (bytes[at] & 0xff) >> 5;
  }

  private int count(int major, int width) {
    long count = argument(major);
    if (count < 0 || count > (bytes.length - at) / width) {
      throw new MalformedException("a CBOR length is more than what follows, at byte " + at);
    }
    return (int) count;
  }

  private long argument(int major) {
    requireMore(1);
    if (major() != major) {
      throw new MalformedException("CBOR of another kind was expected at byte " + at);
    }
    int low = bytes[at++] & 0x1f;
    if (low < ONE_BYTE) {
      return low;
    }
    if (low > EIGHT_BYTES) {
      throw new MalformedException("CBOR of indefinite length is not taken, at byte " + (at - 1));
    }
    int width = 1 << (low - ONE_BYTE);
    requireMore(width);
    long value = 0;
    for (int i = 0; i < width; i++) {
      value = value << Byte.SIZE | (bytes[at++] & 0xff);
    }
    return value;
  }

  private void requireMore(int more) {
    if (bytes.length - at < more) {
      throw new MalformedException("CBOR ends in the middle of an item");
    }
  }
}
