package io.mooring.evm.crypto;

import io.mooring.evm.Address;
import java.util.Arrays;
import java.util.HexFormat;

/** A point of secp256k1 as x and y, 32 bytes each; whether it is on the curve is not checked. */
public final class PublicKey {
  public static final int BYTES = 64;

  static final byte UNCOMPRESSED = 4;

  private final byte[] xy;

  private PublicKey(byte[] xy) {
    this.xy = xy;
  }

  public static PublicKey of(byte[] xy) {
    if (xy.length != BYTES) {
      throw new IllegalArgumentException("a public key has 64 bytes, not " + xy.length);
    }
    return new PublicKey(xy.clone());
  }

  /** Reads the 65 bytes of SEC 1: a four, x and y. */
  static PublicKey fromUncompressed(byte[] encoded) {
    if (encoded.length != BYTES + 1 || encoded[0] != UNCOMPRESSED) {
      throw new IllegalArgumentException("not an uncompressed point");
    }
    return new PublicKey(Arrays.copyOfRange(encoded, 1, encoded.length));
  }

  byte[] uncompressed() {
    byte[] encoded = new byte[BYTES + 1];
    encoded[0] = UNCOMPRESSED;
    System.arraycopy(xy, 0, encoded, 1, BYTES);
    return encoded;
  }

  public byte[] bytes() {
    return xy.clone();
  }

  /** The last twenty bytes of the key's hash. */
  public Address address() {
    byte[] hash = Keccak256.hash(xy);
    return Address.of(Arrays.copyOfRange(hash, Keccak256.BYTES - Address.BYTES, Keccak256.BYTES));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PublicKey that && Arrays.equals(xy, that.xy);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(xy);
  }

  @Override
  public String toString() {
    return "0x" + HexFormat.of().formatHex(xy);
  }
}
