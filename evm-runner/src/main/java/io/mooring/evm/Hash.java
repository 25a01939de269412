package io.mooring.evm;

import io.mooring.evm.crypto.Keccak256;
import java.util.HexFormat;

/** The 32 bytes of a Keccak-256 digest: of code, of a block, of a trie node. */
public record Hash(U256 word) implements Comparable<Hash> {
  public static final int BYTES = U256.BYTES;
  public static final Hash ZERO = new Hash(U256.ZERO);

  /** The hash of no bytes at all, which stands for "no code". */
  public static final Hash OF_NOTHING = keccak(new byte[0]);

  public static Hash of(byte[] digest) {
    if (digest.length != BYTES) {
      throw new IllegalArgumentException("a hash has " + BYTES + " bytes, not " + digest.length);
    }
    return new Hash(U256.of(digest));
  }

  public static Hash keccak(byte[] input) {
    return of(Keccak256.hash(input));
  }

  /** Reads 64 hexadecimal digits, with or without {@code 0x}. */
  public static Hash fromHex(String hex) {
    return of(HexFormat.of().parseHex(hex.startsWith("0x") ? hex.substring(2) : hex));
  }

  public byte[] bytes() {
    return word.bytes();
  }

  @Override
  public int compareTo(Hash other) {
    return word.compareTo(other.word);
  }

  // As in U256, which says why these are not left to the record.
  @Override
  public int hashCode() {
    return word.hashCode();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Hash that && word.equals(that.word);
  }

  @Override
  public String toString() {
    return "0x" + HexFormat.of().formatHex(bytes());
  }
}
