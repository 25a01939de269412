package io.mooring.evm.block;

import io.mooring.evm.Hash;
import io.mooring.evm.Log;
import io.mooring.evm.crypto.Keccak256;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** The 2,048 bits by which a reader can tell that a block has no log of an address or topic. */
public final class Bloom {
  public static final int BYTES = 256;
  public static final Bloom EMPTY = new Bloom(new byte[BYTES]);

  private static final int BITS_PER_ITEM = 3;
  private static final int BIT_MASK = 8 * BYTES - 1;

  private final byte[] bits;

  private Bloom(byte[] bits) {
    this.bits = bits;
  }

  public static Bloom of(byte[] bits) {
    if (bits.length != BYTES) {
      throw new IllegalArgumentException("a bloom has 256 bytes, not " + bits.length);
    }
    return new Bloom(bits.clone());
  }

  public static Bloom of(List<Log> logs) {
    if (logs.isEmpty()) {
      return EMPTY;
    }
    byte[] bits = new byte[BYTES];
    for (Log log : logs) {
      set(bits, log.address().bytes());
      for (Hash topic : log.topics()) {
        set(bits, topic.bytes());
      }
    }
    return new Bloom(bits);
  }

  public Bloom or(Bloom other) {
    byte[] both = bits.clone();
    for (int i = 0; i < BYTES; i++) {
      both[i] |= other.bits[i];
    }
    return new Bloom(both);
  }

  /** False if no log with this address or topic went in; true may be wrong. */
  public boolean mayContain(byte[] addressOrTopic) {
    byte[] item = new byte[BYTES];
    set(item, addressOrTopic);
    for (int i = 0; i < BYTES; i++) {
      if ((item[i] & ~bits[i]) != 0) {
        return false;
      }
    }
    return true;
  }

  private static void set(byte[] bits, byte[] item) {
    byte[] hash = Keccak256.hash(item);
    for (int i = 0; i < BITS_PER_ITEM; i++) {
      int bit = (hash[2 * i] << 8 | hash[2 * i + 1] & 0xff) & BIT_MASK;
      bits[BYTES - 1 - bit / 8] |= (byte) (1 << bit % 8);
    }
  }

  public byte[] bytes() {
    return bits.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bloom that && Arrays.equals(bits, that.bits);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bits);
  }

  @Override
  public String toString() {
    return "0x" + HexFormat.of().formatHex(bits);
  }
}
