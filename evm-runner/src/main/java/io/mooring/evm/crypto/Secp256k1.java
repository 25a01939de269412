package io.mooring.evm.crypto;

import java.math.BigInteger;
import java.util.Optional;

/**
 * Ethereum's signatures: ECDSA over secp256k1 with a recovery bit, deterministic nonces (RFC 6979)
 * and the smaller of the two possible values of s.
 */
public interface Secp256k1 {
  int DIGEST_BYTES = 32;
  int SECRET_KEY_BYTES = 32;

  /** The number of points of the group, an odd prime. */
  BigInteger ORDER =
      new BigInteger("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", 16);

  BigInteger HALF_ORDER = ORDER.shiftRight(1);

  /** libsecp256k1 where its native library loads, else the pure-Java one. */
  static Secp256k1 fastest() {
    return FastestSecp256k1.CHOICE;
  }

  /** The name under which runs and benchmarks report which one they used. */
  String name();

  /**
   * The key that made this signature, or nothing if there is none; high values of s are accepted.
   */
  Optional<PublicKey> recover(byte[] digest, Signature signature);

  /** Whether the key made this signature; high values of s are accepted. */
  boolean verify(byte[] digest, Signature signature, PublicKey key);

  /**
   * Signs with a secret key, a big-endian number.
   *
   * @throws IllegalArgumentException if the key is zero or not less than {@link #ORDER}
   */
  Signature sign(byte[] digest, byte[] secretKey);

  /**
   * Signs as {@link #sign(byte[], byte[])} does, with a nonce that also depends on the salt (RFC
   * 6979, section 3.6): two salts make two signatures, and each of them is as good.
   *
   * @throws IllegalArgumentException if the key is zero or not less than {@link #ORDER}
   */
  Signature sign(byte[] digest, byte[] secretKey, byte[] salt);

  /**
   * The public half of a secret key.
   *
   * @throws IllegalArgumentException if the key is zero or not less than {@link #ORDER}
   */
  PublicKey publicKey(byte[] secretKey);

  /** Refuses what is not a number from 1 to the group's order, exclusive, in 32 bytes. */
  static BigInteger requireSecretKey(byte[] secretKey) {
    if (secretKey.length != SECRET_KEY_BYTES) {
      throw new IllegalArgumentException("a secret key has 32 bytes, not " + secretKey.length);
    }
    BigInteger secret = new BigInteger(1, secretKey);
    if (secret.signum() == 0 || secret.compareTo(ORDER) >= 0) {
      throw new IllegalArgumentException("a secret key is from 1 to the group's order, exclusive");
    }
    return secret;
  }

  static void requireDigest(byte[] digest) {
    if (digest.length != DIGEST_BYTES) {
      throw new IllegalArgumentException("a digest has 32 bytes, not " + digest.length);
    }
  }
}
