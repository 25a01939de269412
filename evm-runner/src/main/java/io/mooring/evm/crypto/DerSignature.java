package io.mooring.evm.crypto;

import io.mooring.evm.U256;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;

/**
 * An ECDSA signature as key services and TLS write it: a DER sequence of r and s, read strictly.
 */
public record DerSignature(U256 r, U256 s) {
  private static final int SEQUENCE = 0x30;
  private static final int INTEGER = 0x02;
  private static final int HEADER_BYTES = 2;
  private static final int INTEGER_BYTES_MAX = U256.BYTES + 1;

  /**
   * @throws IllegalArgumentException if this is not the one DER encoding of two numbers of at most
   *     256 bits
   */
  public static DerSignature parse(byte[] der) {
    require(der.length >= HEADER_BYTES && der[0] == SEQUENCE, "a sequence");
    require(der[1] >= 0 && der[1] == der.length - HEADER_BYTES, "a sequence of the whole length");
    int sOffset = endOfInteger(der, HEADER_BYTES);
    int end = endOfInteger(der, sOffset);
    require(end == der.length, "two numbers and nothing after them");
    return new DerSignature(integer(der, HEADER_BYTES, sOffset), integer(der, sOffset, end));
  }

  /**
   * The signature with the parity that recovers {@code key}, and the smaller s; nothing if it is
   * not by that key, or one of the 1 in 2^128 whose r lost its highest bit to the group's order.
   */
  public Optional<Signature> recovering(Secp256k1 curve, byte[] digest, PublicKey key) {
    for (int yParity = 0; yParity < 2; yParity++) {
      Signature signature = new Signature(r, s, yParity).withLowS();
      if (curve.recover(digest, signature).filter(key::equals).isPresent()) {
        return Optional.of(signature);
      }
    }
    return Optional.empty();
  }

  private static int endOfInteger(byte[] der, int offset) {
    require(der.length - offset > HEADER_BYTES && der[offset] == INTEGER, "a number");
    int length = der[offset + 1];
    int first = offset + HEADER_BYTES;
    require(length > 0 && length <= INTEGER_BYTES_MAX, "a number of at most 256 bits");
    require(length <= der.length - first, "a number within the sequence");
    require(der[first] >= 0, "a number that is not negative");
    require(length == 1 || der[first] != 0 || der[first + 1] < 0, "the shortest form of a number");
    return first + length;
  }

  private static U256 integer(byte[] der, int offset, int end) {
    BigInteger value = new BigInteger(1, Arrays.copyOfRange(der, offset + HEADER_BYTES, end));
    require(value.bitLength() <= Long.SIZE * 4, "a number of at most 256 bits");
    return U256.of(value);
  }

  private static void require(boolean holds, String expected) {
    if (!holds) {
      throw new IllegalArgumentException("not a DER signature: expected " + expected);
    }
  }
}
