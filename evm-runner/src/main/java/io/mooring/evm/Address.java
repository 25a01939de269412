package io.mooring.evm;

import java.util.Arrays;
import java.util.HexFormat;

/** The twenty bytes that name an account. */
public final class Address implements Comparable<Address> {
  public static final int BYTES = 20;
  public static final Address ZERO = new Address(new byte[BYTES]);

  private final byte[] value;

  private Address(byte[] value) {
    this.value = value;
  }

  public static Address of(byte[] value) {
    if (value.length != BYTES) {
      throw new IllegalArgumentException("an address has " + BYTES + " bytes, not " + value.length);
    }
    return new Address(value.clone());
  }

  /** Reads forty hexadecimal digits, with or without {@code 0x}. */
  public static Address fromHex(String hex) {
    return of(HexFormat.of().parseHex(hex.startsWith("0x") ? hex.substring(2) : hex));
  }

  public byte[] bytes() {
    return value.clone();
  }

  @Override
  public int compareTo(Address other) {
    return Arrays.compareUnsigned(value, other.value);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Address that && Arrays.equals(value, that.value);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(value);
  }

  @Override
  public String toString() {
    return "0x" + HexFormat.of().formatHex(value);
  }
}
