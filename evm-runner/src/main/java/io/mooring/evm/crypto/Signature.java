package io.mooring.evm.crypto;

import io.mooring.evm.U256;
import java.math.BigInteger;

/** An ECDSA signature with the parity of its nonce point's y, by which the key can be recovered. */
public record Signature(U256 r, U256 s, int yParity) {
  public static final int COMPACT_BYTES = 64;

  private static final U256 ORDER = U256.of(Secp256k1.ORDER);
  private static final U256 HALF_ORDER = U256.of(Secp256k1.HALF_ORDER);

  public Signature {
    if (yParity != 0 && yParity != 1) {
      throw new IllegalArgumentException("the parity of y is 0 or 1, not " + yParity);
    }
  }

  /** Whether r and s are both from 1 to the group's order, exclusive. */
  public boolean isInRange() {
    return !r.isZero() && !s.isZero() && r.compareTo(ORDER) < 0 && s.compareTo(ORDER) < 0;
  }

  /** Whether s is the smaller of the two values that verify, as EIP-2 wants of transactions. */
  public boolean hasLowS() {
    return s.compareTo(HALF_ORDER) <= 0;
  }

  /** The same signature with the smaller s; the nonce point is negated with it. */
  public Signature withLowS() {
    return hasLowS()
        ? this
        : new Signature(r, U256.of(Secp256k1.ORDER.subtract(s.toBigInteger())), 1 - yParity);
  }

  /** r and s, 32 bytes each. */
  byte[] compact() {
    byte[] compact = new byte[COMPACT_BYTES];
    System.arraycopy(r.bytes(), 0, compact, 0, U256.BYTES);
    System.arraycopy(s.bytes(), 0, compact, U256.BYTES, U256.BYTES);
    return compact;
  }

  static Signature of(BigInteger r, BigInteger s, int yParity) {
    return new Signature(U256.of(r), U256.of(s), yParity);
  }
}
