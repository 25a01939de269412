package io.mooring.ledger;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A SHA-256 tree hash. Leaves and nodes carry different prefixes, as RFC 9162 section 2.1.1 asks.
 */
public final class Hash {
  public static final int BYTES = 32;

  private static final byte LEAF = 0x00;
  private static final byte NODE = 0x01;

  private final byte[] value;

  private Hash(byte[] value) {
    this.value = value;
  }

  public static Hash of(byte[] value) {
    if (value.length != BYTES) {
      throw new IllegalArgumentException("a hash has " + BYTES + " bytes, not " + value.length);
    }
    return new Hash(value.clone());
  }

  public static Hash ofLeaf(byte[] entry) {
    MessageDigest sha256 = sha256();
    sha256.update(LEAF);
    return new Hash(sha256.digest(entry));
  }

  public static Hash ofNode(Hash left, Hash right) {
    MessageDigest sha256 = sha256();
    sha256.update(NODE);
    sha256.update(left.value);
    return new Hash(sha256.digest(right.value));
  }

  public static Hash ofNothing() {
    return new Hash(sha256().digest());
  }

  public byte[] bytes() {
    return value.clone();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Hash that && Arrays.equals(value, that.value);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(value);
  }

  @Override
  public String toString() {
    return HexFormat.of().formatHex(value);
  }
}
