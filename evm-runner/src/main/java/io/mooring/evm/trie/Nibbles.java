package io.mooring.evm.trie;

import java.util.Arrays;

/** Keys as half bytes, one in each array element, and their hex-prefix encoding in nodes. */
final class Nibbles {
  private static final int ODD = 1;
  private static final int TERMINATED = 2;

  private Nibbles() {}

  static byte[] of(byte[] key) {
    byte[] nibbles = new byte[2 * key.length];
    for (int i = 0; i < key.length; i++) {
      nibbles[2 * i] = (byte) (key[i] >>> 4 & 0xf);
      nibbles[2 * i + 1] = (byte) (key[i] & 0xf);
    }
    return nibbles;
  }

  /** How many nibbles of {@code path} the key has at {@code offset}. */
  static int commonLength(byte[] path, byte[] key, int offset) {
    int mismatch = Arrays.mismatch(path, 0, path.length, key, offset, key.length);
    return mismatch < 0 ? path.length : mismatch;
  }

  static byte[] from(byte[] nibbles, int start) {
    return Arrays.copyOfRange(nibbles, start, nibbles.length);
  }

  static byte[] concat(byte[] first, byte[] second) {
    byte[] joined = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, joined, first.length, second.length);
    return joined;
  }

  static byte[] prepend(int nibble, byte[] rest) {
    return concat(new byte[] {(byte) nibble}, rest);
  }

  /** Packs a path behind a first nibble that tells its parity and whether it ends at a value. */
  static byte[] encode(byte[] path, boolean terminated) {
    int odd = path.length & 1;
    byte[] packed = new byte[path.length / 2 + 1];
    packed[0] = (byte) ((terminated ? TERMINATED : 0) + odd << 4 | (odd == 1 ? path[0] : 0));
    for (int i = 1; i < packed.length; i++) {
      packed[i] = (byte) (path[2 * i - 2 + odd] << 4 | path[2 * i - 1 + odd]);
    }
    return packed;
  }

  static boolean isTerminated(byte[] packed) {
    return (packed[0] >>> 4 & TERMINATED) != 0;
  }

  static byte[] decode(byte[] packed) {
    int flags = packed.length == 0 ? -1 : packed[0] >>> 4 & 0xf;
    if (flags < 0 || flags > (ODD | TERMINATED) || (flags & ODD) == 0 && (packed[0] & 0xf) != 0) {
      throw new IllegalArgumentException("not a hex-prefix path");
    }
    byte[] nibbles = of(packed);
    return from(nibbles, (flags & ODD) != 0 ? 1 : 2);
  }
}
