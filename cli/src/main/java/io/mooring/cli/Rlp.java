package io.mooring.cli;

import io.mooring.ledger.MalformedException;
import java.math.BigInteger;
import java.util.Arrays;

/** Reads RLP, Ethereum's encoding of bytes and lists: the items of one list. Not thread-safe. */
final class Rlp {
  private static final int BYTES = 0x80;
  private static final int LIST = 0xc0;

  /** Up to which length an item says it in its first byte. */
  private static final int SHORT_MAX = 55;

  private final byte[] encoded;
  private final int end;
  private int at;

  private Rlp(byte[] encoded, int from, int end) {
    this.encoded = encoded;
    this.at = from;
    this.end = end;
  }

  /** The items of the one list that these bytes are, which must not change meanwhile. */
  static Rlp ofList(byte[] encoded) {
    Rlp whole = new Rlp(encoded, 0, encoded.length);
    Rlp list = whole.list();
    if (whole.hasNext()) {
      throw new MalformedException("bytes after the end of an RLP list");
    }
    return list;
  }

  boolean hasNext() {
    return at < end;
  }

  boolean nextIsList() {
    return hasNext() && first() >= LIST;
  }

  Rlp list() {
    if (!nextIsList()) {
      throw new MalformedException("no RLP list at byte " + at);
    }
    int length = enter();
    at += length;
    return new Rlp(encoded, at - length, at);
  }

  byte[] bytes() {
    if (nextIsList()) {
      throw new MalformedException("an RLP list at byte " + at);
    }
    int length = enter();
    at += length;
    return Arrays.copyOfRange(encoded, at - length, at);
  }

  BigInteger number() {
    return new BigInteger(1, bytes());
  }

  /** Passes over some items of either kind. */
  Rlp skip(int items) {
    for (int i = 0; i < items; i++) {
      int length = enter();
      at += length;
    }
    return this;
  }

  private int first() {
    return encoded[at] & 0xff;
  }

  /** Goes to where the next item's content begins, and says how long that is. */
  private int enter() {
    if (!hasNext()) {
      throw new MalformedException("an RLP list ends at byte " + at + " and lacks an item");
    }
    int first = first();
    if (first < BYTES) {
      return 1; // the byte is its own content
    }
    at++;
    int said = first - (first >= LIST ? LIST : BYTES);
    long length = said;
    if (said > SHORT_MAX) {
      length = 0;
      for (int more = said - SHORT_MAX; more > 0 && length <= end; more--) {
        length = length << Byte.SIZE | (hasNext() ? first() : 0);
        at++;
      }
    }
    if (length > end - at) {
      throw new MalformedException("an RLP item is longer than what holds it, at byte " + at);
    }
    return (int) length;
  }
}
