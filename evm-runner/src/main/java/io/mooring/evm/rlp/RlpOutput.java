package io.mooring.evm.rlp;

import io.mooring.evm.Address;
import io.mooring.evm.U256;
import java.util.Arrays;

/** Writes RLP into one growing buffer; a list's header is put before its items when it ends. */
public final class RlpOutput {
  static final int SHORT_STRING = 0x80;
  static final int LONG_STRING = 0xb7;
  static final int SHORT_LIST = 0xc0;
  static final int LONG_LIST = 0xf7;
  static final int SHORT_LENGTH_MAX = 55;

  private static final int INITIAL_BYTES = 128;
  private static final int INITIAL_DEPTH = 4;
  private static final int HEADER_BYTES_MAX = 1 + Integer.BYTES;

  private byte[] buffer;
  private int length;
  private int[] openLists = new int[INITIAL_DEPTH];
  private int depth;

  public RlpOutput() {
    this(INITIAL_BYTES);
  }

  /** Leaves room for so many bytes from the start. */
  public RlpOutput(int bytes) {
    buffer = new byte[bytes];
  }

  public RlpOutput startList() {
    if (depth == openLists.length) {
      openLists = Arrays.copyOf(openLists, 2 * depth);
    }
    openLists[depth++] = length;
    return this;
  }

  public RlpOutput endList() {
    int start = openLists[--depth];
    int payload = length - start;
    int header = headerBytes(payload);
    ensure(header);
    System.arraycopy(buffer, start, buffer, start + header, payload);
    writeHeader(start, SHORT_LIST, LONG_LIST, payload);
    length += header;
    return this;
  }

  public RlpOutput bytes(byte[] value) {
    return bytes(value, 0, value.length);
  }

  public RlpOutput bytes(byte[] value, int offset, int count) {
    ensure(HEADER_BYTES_MAX + count);
    if (count != 1 || value[offset] < 0) {
      writeHeader(length, SHORT_STRING, LONG_STRING, count);
      length += headerBytes(count);
    }
    System.arraycopy(value, offset, buffer, length, count);
    length += count;
    return this;
  }

  /** Writes a number as big-endian bytes without leading zeros, zero as the empty string. */
  public RlpOutput number(long unsigned) {
    int count = (Long.SIZE - Long.numberOfLeadingZeros(unsigned) + 7) / 8;
    ensure(1 + count);
    if (count != 1 || unsigned >= SHORT_STRING) {
      buffer[length++] = (byte) (SHORT_STRING + count);
    }
    for (int i = count - 1; i >= 0; i--) {
      buffer[length++] = (byte) (unsigned >>> 8 * i);
    }
    return this;
  }

  public RlpOutput number(U256 value) {
    byte[] bytes = value.bytes();
    int leadingZeros = 0;
    while (leadingZeros < bytes.length && bytes[leadingZeros] == 0) {
      leadingZeros++;
    }
    return bytes(bytes, leadingZeros, bytes.length - leadingZeros);
  }

  public RlpOutput address(Address address) {
    return bytes(address.bytes());
  }

  /** Appends an item that is RLP already. */
  public RlpOutput encoded(byte[] item) {
    ensure(item.length);
    System.arraycopy(item, 0, buffer, length, item.length);
    length += item.length;
    return this;
  }

  public byte[] toBytes() {
    if (depth > 0) {
      throw new IllegalStateException(depth + " lists are still open");
    }
    return Arrays.copyOf(buffer, length);
  }

  private static int headerBytes(int payload) {
    return payload <= SHORT_LENGTH_MAX ? 1 : 1 + lengthBytes(payload);
  }

  private static int lengthBytes(int payload) {
    return (Integer.SIZE - Integer.numberOfLeadingZeros(payload) + 7) / 8;
  }

  private void writeHeader(int at, int shortBase, int longBase, int payload) {
    if (payload <= SHORT_LENGTH_MAX) {
      buffer[at] = (byte) (shortBase + payload);
      return;
    }
    int count = lengthBytes(payload);
    buffer[at] = (byte) (longBase + count);
    for (int i = 0; i < count; i++) {
      buffer[at + count - i] = (byte) (payload >>> 8 * i);
    }
  }

  private void ensure(int more) {
    int needed = Math.addExact(length, more);
    if (needed > buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.max(needed, (int) Math.min(2L * buffer.length, 1 << 30)));
    }
  }
}
