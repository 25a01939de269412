package io.mooring.ledger.cbor;

import io.mooring.ledger.Utf8;
import java.util.Arrays;

/**
 * Writes deterministic CBOR. The caller writes map keys in their order, which for small whole
 * numbers is numeric. Not thread-safe.
 */
public final class CborWriter {
  private static final int FIRST_CAPACITY = 256;

  private byte[] bytes = new byte[FIRST_CAPACITY];
  private int length;

  public CborWriter unsigned(long value) {
    if (value < 0) {
      throw new IllegalArgumentException("not an unsigned number below 2^63: " + value);
    }
    head(MajorType.UNSIGNED, value);
    return this;
  }

  public CborWriter bytes(byte[] value) {
    head(MajorType.BYTES, value.length);
    append(value);
    return this;
  }

  /** Writes UTF-8; a string with half a surrogate pair has none and is refused. */
  public CborWriter text(String value) {
    byte[] utf8 = Utf8.encode(value);
    head(MajorType.TEXT, utf8.length);
    append(utf8);
    return this;
  }

  public CborWriter bool(boolean value) {
    reserve(1);
    bytes[length++] = (byte) (MajorType.SIMPLE.code() | (value ? Simple.TRUE : Simple.FALSE));
    return this;
  }

  public CborWriter array(int items) {
    head(MajorType.ARRAY, items);
    return this;
  }

  public CborWriter map(int pairs) {
    head(MajorType.MAP, pairs);
    return this;
  }

  public byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }

  private void head(MajorType type, long argument) {
    reserve(1 + Long.BYTES);
    if (argument < Argument.ONE_BYTE) {
      bytes[length++] = (byte) (type.code() | argument);
    } else if (argument < 1L << 8) {
      bytes[length++] = (byte) (type.code() | Argument.ONE_BYTE);
      bigEndian(argument, 1);
    } else if (argument < 1L << 16) {
      bytes[length++] = (byte) (type.code() | Argument.TWO_BYTES);
      bigEndian(argument, 2);
    } else if (argument < 1L << 32) {
      bytes[length++] = (byte) (type.code() | Argument.FOUR_BYTES);
      bigEndian(argument, 4);
    } else {
      bytes[length++] = (byte) (type.code() | Argument.EIGHT_BYTES);
      bigEndian(argument, 8);
    }
  }

  private void bigEndian(long value, int width) {
    for (int shift = (width - 1) * Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
      bytes[length++] = (byte) (value >>> shift);
    }
  }

  private void append(byte[] source) {
    reserve(source.length);
    System.arraycopy(source, 0, bytes, length, source.length);
    length += source.length;
  }

  private void reserve(int more) {
    int needed = Math.addExact(length, more);
    if (needed > bytes.length) {
      bytes =
          Arrays.copyOf(
              bytes, Math.max(needed, (int) Math.min(2L * bytes.length, Integer.MAX_VALUE - 8)));
    }
  }
}
