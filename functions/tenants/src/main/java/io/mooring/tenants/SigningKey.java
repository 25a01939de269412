package io.mooring.tenants;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/** A P-256 key pair that signs tokens; its id begins with the moment of its making. */
record SigningKey(String id, Instant made, ECPublicKey publicKey, PrivateKey privateKey) {
  private static final String CURVE = "secp256r1";
  private static final int ID_RANDOM_BYTES = 4;

  static SigningKey fresh(Instant now, RandomGenerator random) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec(CURVE));
      KeyPair pair = generator.generateKeyPair();
      byte[] tail = new byte[ID_RANDOM_BYTES];
      random.nextBytes(tail);
      return new SigningKey(
          now.toEpochMilli() + "-" + HexFormat.of().formatHex(tail),
          Instant.ofEpochMilli(now.toEpochMilli()),
          (ECPublicKey) pair.getPublic(),
          pair.getPrivate());
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every JDK has P-256", e);
    }
  }

  /** The public half and the private half, each behind its length. */
  byte[] bytes() {
    byte[] open = publicKey.getEncoded();
    byte[] closed = privateKey.getEncoded();
    return ByteBuffer.allocate(2 * Integer.BYTES + open.length + closed.length)
        .putInt(open.length)
        .put(open)
        .putInt(closed.length)
        .put(closed)
        .array();
  }

  static SigningKey of(String id, byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    byte[] open = new byte[buffer.getInt()];
    buffer.get(open);
    byte[] closed = new byte[buffer.getInt()];
    buffer.get(closed);
    try {
      KeyFactory keys = KeyFactory.getInstance("EC");
      return new SigningKey(
          id,
          Instant.ofEpochMilli(Long.parseLong(id.substring(0, id.indexOf('-')))),
          (ECPublicKey) keys.generatePublic(new X509EncodedKeySpec(open)),
          keys.generatePrivate(new PKCS8EncodedKeySpec(closed)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the signing key " + id + " is damaged", e);
    }
  }

  /** One coordinate of the public point as a JWK has it: 32 bytes, big-endian. */
  static String coordinate(BigInteger value) {
    byte[] signed = value.toByteArray();
    byte[] fixed = new byte[32];
    int length = Math.min(signed.length, fixed.length);
    System.arraycopy(signed, signed.length - length, fixed, fixed.length - length, length);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(fixed);
  }

  /** Without the private half. */
  @Override
  public String toString() {
    return "SigningKey[" + id + "]";
  }
}
