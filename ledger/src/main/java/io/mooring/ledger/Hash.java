package io.mooring.ledger;

import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A SHA-256 hash. Tree hashes prefix leaves and nodes differently, as RFC 9162 section 2.1.1 asks.
 */
public final class Hash {
  public static final int BYTES = 32;

  private static final Hash OF_NOTHING = new Hash(Sha256.ofThread().plain(new byte[0]));

  private final byte[] value;

  private Hash(byte[] value) {
    this.value = value;
  }

  public static Hash of(byte[] value) {
    if (value.length != BYTES) {
      throw new MalformedException("a hash has " + BYTES + " bytes, not " + value.length);
    }
    return new Hash(value.clone());
  }

  /** The hash whose bytes stand at {@code from} of a longer array. */
  public static Hash at(byte[] array, int from) {
    return new Hash(Arrays.copyOfRange(array, from, from + BYTES));
  }

  /** Reads standard base64 with padding, and nothing else that means the same bytes. */
  public static Hash ofBase64(String text) {
    return of(CanonicalBase64.decode(text));
  }

  /** The plain SHA-256 of {@code data}, for payloads and keys; a tree never uses it. */
  public static Hash ofBytes(byte[] data) {
    return new Hash(Sha256.ofThread().plain(data));
  }

  /** The plain SHA-256 of two arrays as if they were one. */
  public static Hash ofBytes(byte[] first, byte[] second) {
    return new Hash(Sha256.ofThread().plain(first, second));
  }

  public static Hash ofLeaf(byte[] entry) {
    return ofLeaf(entry, 0, entry.length);
  }

  public static Hash ofLeaf(byte[] array, int from, int length) {
    return new Hash(Sha256.ofThread().leaf(array, from, length));
  }

  public static Hash ofNode(Hash left, Hash right) {
    return new Hash(Sha256.ofThread().node(left.value, right.value));
  }

  /** The root of the empty tree. */
  public static Hash ofNothing() {
    return OF_NOTHING;
  }

  public byte[] bytes() {
    return value.clone();
  }

  public void copyTo(byte[] array, int at) {
    System.arraycopy(value, 0, array, at, BYTES);
  }

  public String base64() {
    return Base64.getEncoder().encodeToString(value);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Hash that && Arrays.equals(value, that.value);
  }

  @Override
  public int hashCode() {
    return (value[0] & 0xff) << 24
        | (value[1] & 0xff) << 16
        | (value[2] & 0xff) << 8
        | (value[3] & 0xff);
  }

  /** Lower-case hex. */
  @Override
  public String toString() {
    return HexFormat.of().formatHex(value);
  }
}
