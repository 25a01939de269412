package io.mooring.evm;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/** The twenty bytes that name an account, as three numbers from the most significant down. */
public record Address(int high, long middle, long low) implements Comparable<Address> {
  public static final int BYTES = 20;
  public static final Address ZERO = new Address(0, 0, 0);

  public static Address of(byte[] value) {
    if (value.length != BYTES) {
      throw new IllegalArgumentException("an address has " + BYTES + " bytes, not " + value.length);
    }
    ByteBuffer buffer = ByteBuffer.wrap(value);
    return new Address(buffer.getInt(), buffer.getLong(), buffer.getLong());
  }

  /** The last twenty bytes of a word, which is how the EVM reads an address from its stack. */
  public static Address of(U256 word) {
    return new Address((int) word.w2(), word.w1(), word.w0());
  }

  /** Reads forty hexadecimal digits, with or without {@code 0x}. */
  public static Address fromHex(String hex) {
    return of(HexFormat.of().parseHex(hex.startsWith("0x") ? hex.substring(2) : hex));
  }

  public byte[] bytes() {
    return ByteBuffer.allocate(BYTES).putInt(high).putLong(middle).putLong(low).array();
  }

  /** The address as a number, left of it zeros. */
  public U256 word() {
    return new U256(0, Integer.toUnsignedLong(high), middle, low);
  }

  @Override
  public int compareTo(Address other) {
    int order = Integer.compareUnsigned(high, other.high);
    if (order == 0) {
      order = Long.compareUnsigned(middle, other.middle);
    }
    return order == 0 ? Long.compareUnsigned(low, other.low) : order;
  }

  @Override
  public int hashCode() {
    long mixed = (low ^ Long.rotateLeft(middle, 23) ^ high) * 0x9e3779b97f4a7c15L;
    return (int) (mixed >>> 32);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Address that
        && low == that.low
        && middle == that.middle
        && high == that.high;
  }

  @Override
  public String toString() {
    return "0x" + HexFormat.of().formatHex(bytes());
  }
}
