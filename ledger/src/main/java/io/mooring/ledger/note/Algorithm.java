package io.mooring.ledger.note;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.NamedParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;

/** The signature algorithms that notes use, over keys in the raw form that notes carry. */
enum Algorithm {
  ED25519("Ed25519", 32, 64, "302a300506032b6570032100"),
  ML_DSA_44("ML-DSA-44", 1312, 2420, "30820532300b06096086480165030403110382052100");

  static final int SEED_BYTES = 32;

  final int publicKeyBytes;
  final int signatureBytes;
  private final String jdkName;
  private final byte[] publicKeyPrefix; // what X.509 puts before the raw key

  Algorithm(String jdkName, int publicKeyBytes, int signatureBytes, String publicKeyPrefix) {
    this.jdkName = jdkName;
    this.publicKeyBytes = publicKeyBytes;
    this.signatureBytes = signatureBytes;
    this.publicKeyPrefix = HexFormat.of().parseHex(publicKeyPrefix);
  }

  /** The key pair that the 32 bytes of {@code seed} stand for, as RFC 8032 and FIPS 204 say. */
  KeyPair keyPair(byte[] seed) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(jdkName);
      generator.initialize(new NamedParameterSpec(jdkName), new Drawn(seed));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK has no " + jdkName, e);
    }
  }

  byte[] raw(PublicKey key) {
    byte[] encoded = key.getEncoded();
    return Arrays.copyOfRange(encoded, publicKeyPrefix.length, encoded.length);
  }

  /** Reads a raw public key, or throws when the bytes are no key of this algorithm. */
  PublicKey publicKey(byte[] raw) throws GeneralSecurityException {
    byte[] encoded = Arrays.copyOf(publicKeyPrefix, publicKeyPrefix.length + raw.length);
    System.arraycopy(raw, 0, encoded, publicKeyPrefix.length, raw.length);
    return KeyFactory.getInstance(jdkName).generatePublic(new X509EncodedKeySpec(encoded));
  }

  byte[] sign(PrivateKey key, byte[] message) {
    try {
      Signature signature = Signature.getInstance(jdkName);
      signature.initSign(key);
      signature.update(message);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a key of this process cannot sign", e);
    }
  }

  boolean verifies(PublicKey key, byte[] message, byte[] bytes) {
    try {
      Signature signature = Signature.getInstance(jdkName);
      signature.initVerify(key);
      signature.update(message);
      return signature.verify(bytes);
    } catch (SignatureException e) {
      return false; // bytes that are no signature at all
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a key that was read cannot verify", e);
    }
  }

  /** Gives a key generator the seed in place of randomness: the JDK has no other door for it. */
  private static final class Drawn extends SecureRandom {
    private final transient byte[] seed;

    Drawn(byte[] seed) {
      this.seed = seed;
    }

    @Override
    public void nextBytes(byte[] bytes) {
      if (bytes.length != seed.length) {
        throw new IllegalStateException("asked for " + bytes.length + " bytes, not a seed");
      }
      System.arraycopy(seed, 0, bytes, 0, seed.length);
    }
  }
}
