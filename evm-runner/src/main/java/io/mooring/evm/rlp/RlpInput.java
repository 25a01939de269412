package io.mooring.evm.rlp;

import io.mooring.evm.Address;
import io.mooring.evm.U256;
import java.util.Arrays;

/**
 * Reads a range of bytes as RLP items, one after the other, and refuses every encoding but the
 * shortest.
 *
 * <p>A list is read through an input of its own, so the depth is the caller's and nothing recurses.
 */
public final class RlpInput {
  private final byte[] source;
  private final int end;
  private int position;

  // The item at position, as found by peek().
  private int payload;
  private int payloadEnd;
  private boolean list;

  private RlpInput(byte[] source, int start, int end) {
    this.source = source;
    this.position = start;
    this.end = end;
  }

  public static RlpInput of(byte[] source) {
    return new RlpInput(source, 0, source.length);
  }

  /** The items of the one list that is all of {@code source}. */
  public static RlpInput ofList(byte[] source) {
    RlpInput whole = of(source);
    RlpInput items = whole.list();
    whole.end();
    return items;
  }

  public boolean hasNext() {
    return position < end;
  }

  /** Refuses what follows the last item that was read. */
  public void end() {
    if (hasNext()) {
      throw new MalformedRlp((end - position) + " bytes after the last item");
    }
  }

  public boolean nextIsList() {
    peek();
    return list;
  }

  /** Whether the next item is a string of no bytes. */
  public boolean nextIsEmpty() {
    peek();
    return !list && payload == payloadEnd;
  }

  /** The length of the next item's content in bytes. */
  public int nextLength() {
    peek();
    return payloadEnd - payload;
  }

  public RlpInput list() {
    peek();
    if (!list) {
      throw new MalformedRlp("a string where a list was expected");
    }
    position = payloadEnd;
    return new RlpInput(source, payload, payloadEnd);
  }

  public byte[] bytes() {
    string();
    return Arrays.copyOfRange(source, payload, payloadEnd);
  }

  public byte[] bytes(int exactly) {
    byte[] bytes = bytes();
    if (bytes.length != exactly) {
      throw new MalformedRlp(bytes.length + " bytes where " + exactly + " were expected");
    }
    return bytes;
  }

  public Address address() {
    return Address.of(bytes(Address.BYTES));
  }

  /** An unsigned 64-bit number. */
  public long number() {
    digits(Long.BYTES);
    long value = 0;
    for (int i = payload; i < payloadEnd; i++) {
      value = value << 8 | source[i] & 0xff;
    }
    return value;
  }

  public U256 u256() {
    digits(U256.BYTES);
    return U256.of(Arrays.copyOfRange(source, payload, payloadEnd));
  }

  /** The next item with its header. */
  public byte[] encoded() {
    int start = position;
    peek();
    position = payloadEnd;
    return Arrays.copyOfRange(source, start, payloadEnd);
  }

  private void digits(int bytesMax) {
    string();
    if (payloadEnd - payload > bytesMax) {
      throw new MalformedRlp("a number of more than " + bytesMax + " bytes");
    }
    if (payload < payloadEnd && source[payload] == 0) {
      throw new MalformedRlp("a number with leading zeros");
    }
  }

  private void string() {
    peek();
    if (list) {
      throw new MalformedRlp("a list where a string was expected");
    }
    position = payloadEnd;
  }

  private void peek() {
    if (!hasNext()) {
      throw new MalformedRlp("an item is missing");
    }
    int first = source[position] & 0xff;
    list = first >= RlpOutput.SHORT_LIST;
    if (first < RlpOutput.SHORT_STRING) {
      payload = position;
      payloadEnd = position + 1;
    } else if (first <= RlpOutput.LONG_STRING) {
      within(position + 1, first - RlpOutput.SHORT_STRING);
      if (payloadEnd - payload == 1 && source[payload] >= 0) {
        throw new MalformedRlp("a byte below 0x80 with a header");
      }
    } else if (!list) {
      longForm(first - RlpOutput.LONG_STRING);
    } else if (first <= RlpOutput.LONG_LIST) {
      within(position + 1, first - RlpOutput.SHORT_LIST);
    } else {
      longForm(first - RlpOutput.LONG_LIST);
    }
  }

  private void longForm(int lengthBytes) {
    if (lengthBytes > end - position - 1) {
      throw new MalformedRlp("a length that is cut off");
    }
    if (source[position + 1] == 0) {
      throw new MalformedRlp("a length with leading zeros");
    }
    long length = 0;
    for (int i = 1; i <= lengthBytes; i++) {
      length = length << 8 | source[position + i] & 0xff;
    }
    if (length >= 0 && length <= RlpOutput.SHORT_LENGTH_MAX) {
      throw new MalformedRlp("a long form of a short length");
    }
    within(position + 1 + lengthBytes, length);
  }

  private void within(int start, long length) {
    if (Long.compareUnsigned(length, end - start) > 0) {
      throw new MalformedRlp(
          "a length of " + Long.toUnsignedString(length) + " where " + (end - start) + " are left");
    }
    payload = start;
    payloadEnd = start + (int) length;
  }
}
