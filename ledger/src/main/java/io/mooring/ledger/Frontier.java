package io.mooring.ledger;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * What must be kept of a tree to go on appending to it: its size and the roots of its complete
 * subtrees, largest first (a "compact range"; at most 63 hashes).
 */
public record Frontier(long size, List<Hash> peaks) {
  private static final Frontier EMPTY = new Frontier(0, List.of());

  public Frontier {
    peaks = List.copyOf(peaks);
    if (size < 0 || peaks.size() != Long.bitCount(size)) {
      throw new MalformedException(
          "a frontier of " + size + " leaves cannot have " + peaks.size() + " peaks");
    }
  }

  public static Frontier empty() {
    return EMPTY;
  }

  public Frontier append(Hash leaf) {
    return appendAll(List.of(leaf));
  }

  public Frontier appendAll(List<Hash> leaves) {
    long grown = Math.addExact(size, leaves.size());
    Hash[] stack = peaks.toArray(new Hash[Long.SIZE]);
    int height = peaks.size();
    long count = size;
    for (Hash leaf : leaves) {
      Hash hash = leaf;
      for (long rest = count; InclusionProof.isRight(rest); rest >>= 1) {
        hash = Hash.ofNode(stack[--height], hash);
      }
      stack[height++] = hash;
      count++;
    }
    return new Frontier(grown, Arrays.asList(stack).subList(0, height));
  }

  public Hash root() {
    if (size == 0) {
      return Hash.ofNothing();
    }
    Hash root = peaks.getLast();
    for (int i = peaks.size() - 2; i >= 0; i--) {
      root = Hash.ofNode(peaks.get(i), root);
    }
    return root;
  }

  public Head head() {
    return new Head(size, root());
  }

  /** The peak at a level at which the size has a bit; there is none at another level. */
  Hash peak(int level) {
    return peaks.get(Long.bitCount(size >> level) - 1);
  }

  /** The size in eight bytes, big-endian, then the peaks. */
  public byte[] toBytes() {
    ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES + peaks.size() * Hash.BYTES).putLong(size);
    peaks.forEach(peak -> bytes.put(peak.bytes()));
    return bytes.array();
  }

  public static Frontier ofBytes(byte[] bytes) {
    if (bytes.length < Long.BYTES) {
      throw new MalformedException("a frontier has at least " + Long.BYTES + " bytes");
    }
    long size = ByteBuffer.wrap(bytes).getLong();
    if (size < 0 || bytes.length != Long.BYTES + Long.bitCount(size) * Hash.BYTES) {
      throw new MalformedException(
          "a frontier of " + size + " leaves cannot have " + bytes.length + " bytes");
    }
    Hash[] peaks = new Hash[Long.bitCount(size)];
    for (int i = 0; i < peaks.length; i++) {
      peaks[i] = Hash.at(bytes, Long.BYTES + i * Hash.BYTES);
    }
    return new Frontier(size, List.of(peaks));
  }
}
