package io.mooring.ledger;

/** Tree hashes side by side in one array, as tiles keep them: whole rows are hashed in place. */
public final class HashRow {
  private HashRow() {}

  /** Puts the leaf hash of a part of {@code array} at {@code position} of {@code row}. */
  public static void putLeaf(byte[] row, int position, byte[] array, int from, int length) {
    Sha256.ofThread().leaf(array, from, length, row, position * Hash.BYTES);
  }

  public static Hash get(byte[] row, int position) {
    return Hash.at(row, position * Hash.BYTES);
  }

  /** The root of the complete subtree over {@code count} hashes, a power of two of them. */
  public static Hash subtree(byte[] row, int position, int count) {
    if (Integer.bitCount(count) != 1) {
      throw new IllegalArgumentException("a complete subtree has 2^k leaves, not " + count);
    }
    Sha256 sha256 = Sha256.ofThread();
    byte[] hashes = new byte[count * Hash.BYTES];
    System.arraycopy(row, position * Hash.BYTES, hashes, 0, hashes.length);
    for (int width = count / 2; width > 0; width /= 2) {
      for (int i = 0; i < width; i++) {
        sha256.node(hashes, 2 * i * Hash.BYTES, hashes, i * Hash.BYTES);
      }
    }
    return Hash.at(hashes, 0);
  }
}
