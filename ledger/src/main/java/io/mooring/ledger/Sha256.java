package io.mooring.ledger;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 with one digest and one node buffer for each thread, because trees hash a lot. */
final class Sha256 {
  private static final byte LEAF = 0x00;
  private static final byte NODE = 0x01;
  private static final ThreadLocal<Sha256> OF_THREAD = ThreadLocal.withInitial(Sha256::new);

  private final MessageDigest digest;
  private final byte[] node = new byte[1 + 2 * Hash.BYTES];

  private Sha256() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
    node[0] = NODE;
  }

  static Sha256 ofThread() {
    return OF_THREAD.get();
  }

  byte[] plain(byte[] data) {
    return digest.digest(data);
  }

  byte[] plain(byte[] first, byte[] second) {
    digest.update(first);
    return digest.digest(second);
  }

  byte[] leaf(byte[] data, int from, int length) {
    digest.update(LEAF);
    digest.update(data, from, length);
    return digest.digest();
  }

  byte[] node(byte[] left, byte[] right) {
    System.arraycopy(left, 0, node, 1, Hash.BYTES);
    System.arraycopy(right, 0, node, 1 + Hash.BYTES, Hash.BYTES);
    return digest.digest(node);
  }

  void leaf(byte[] data, int from, int length, byte[] into, int to) {
    digest.update(LEAF);
    digest.update(data, from, length);
    put(into, to);
  }

  /** Writes the node hash of the 64 bytes at {@code from} of {@code pairs} to {@code to}. */
  void node(byte[] pairs, int from, byte[] into, int to) {
    System.arraycopy(pairs, from, node, 1, 2 * Hash.BYTES);
    digest.update(node);
    put(into, to);
  }

  private void put(byte[] into, int to) {
    try {
      digest.digest(into, to, Hash.BYTES);
    } catch (DigestException e) {
      throw new AssertionError("a SHA-256 digest has " + Hash.BYTES + " bytes", e);
    }
  }
}
