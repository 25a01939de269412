package io.mooring.evm.crypto;

import java.math.BigInteger;
import java.util.Optional;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;

/** ECDSA written out over BouncyCastle's curve arithmetic, for where the native library is not. */
final class JavaSecp256k1 implements Secp256k1 {
  private static final X9ECParameters CURVE = CustomNamedCurves.getByName("secp256k1");
  private static final BigInteger FIELD = CURVE.getCurve().getField().getCharacteristic();
  private static final BigInteger SEVEN = BigInteger.valueOf(7);

  @Override
  public String name() {
    return "java";
  }

  @Override
  public Optional<PublicKey> recover(byte[] digest, Signature signature) {
    Secp256k1.requireDigest(digest);
    if (!signature.isInRange()) {
      return Optional.empty();
    }
    BigInteger r = signature.r().toBigInteger();
    BigInteger ySquared = r.modPow(BigInteger.valueOf(3), FIELD).add(SEVEN).mod(FIELD);
    BigInteger y = ySquared.modPow(FIELD.add(BigInteger.ONE).shiftRight(2), FIELD);
    if (!y.modPow(BigInteger.TWO, FIELD).equals(ySquared)) {
      return Optional.empty();
    }
    if (y.testBit(0) != (signature.yParity() == 1)) {
      y = FIELD.subtract(y);
    }
    ECPoint nonce = CURVE.getCurve().createPoint(r, y);

    BigInteger inverse = r.modInverse(ORDER);
    BigInteger byBase = inverse.multiply(new BigInteger(1, digest)).negate().mod(ORDER);
    BigInteger byNonce = inverse.multiply(signature.s().toBigInteger()).mod(ORDER);
    ECPoint key = ECAlgorithms.sumOfTwoMultiplies(CURVE.getG(), byBase, nonce, byNonce);
    return key.isInfinity()
        ? Optional.empty()
        : Optional.of(PublicKey.fromUncompressed(key.getEncoded(false)));
  }

  @Override
  public boolean verify(byte[] digest, Signature signature, PublicKey key) {
    Secp256k1.requireDigest(digest);
    if (!signature.isInRange()) {
      return false;
    }
    ECPoint point;
    try {
      point = CURVE.getCurve().decodePoint(key.uncompressed());
    } catch (IllegalArgumentException notOnTheCurve) {
      return false;
    }

    BigInteger inverse = signature.s().toBigInteger().modInverse(ORDER);
    BigInteger r = signature.r().toBigInteger();
    BigInteger byBase = new BigInteger(1, digest).multiply(inverse).mod(ORDER);
    BigInteger byKey = r.multiply(inverse).mod(ORDER);
    ECPoint nonce = ECAlgorithms.sumOfTwoMultiplies(CURVE.getG(), byBase, point, byKey).normalize();
    return !nonce.isInfinity() && nonce.getAffineXCoord().toBigInteger().mod(ORDER).equals(r);
  }

  @Override
  public Signature sign(byte[] digest, byte[] secretKey) {
    return sign(digest, secretKey, new byte[0]);
  }

  @Override
  public Signature sign(byte[] digest, byte[] secretKey, byte[] salt) {
    Secp256k1.requireDigest(digest);
    BigInteger secret = Secp256k1.requireSecretKey(secretKey);
    HMacDSAKCalculator nonces = new SaltedNonces(salt);
    nonces.init(ORDER, secret, digest);
    while (true) {
      BigInteger k = nonces.nextK();
      ECPoint nonce = new FixedPointCombMultiplier().multiply(CURVE.getG(), k).normalize();
      BigInteger r = nonce.getAffineXCoord().toBigInteger();
      BigInteger s =
          k.modInverse(ORDER)
              .multiply(new BigInteger(1, digest).add(secret.multiply(r)))
              .mod(ORDER);
      if (r.compareTo(ORDER) < 0 && r.signum() > 0 && s.signum() > 0) {
        int yParity = nonce.getAffineYCoord().toBigInteger().testBit(0) ? 1 : 0;
        return Signature.of(r, s, yParity).withLowS();
      }
    }
  }

  /** Both steps that make the first state take the salt, after key and digest. */
  private static final class SaltedNonces extends HMacDSAKCalculator {
    private final byte[] salt;

    SaltedNonces(byte[] salt) {
      super(new SHA256Digest());
      this.salt = salt;
    }

    @Override
    protected void initAdditionalInput0(HMac hmac) {
      hmac.update(salt, 0, salt.length);
    }

    @Override
    protected void initAdditionalInput1(HMac hmac) {
      hmac.update(salt, 0, salt.length);
    }
  }

  @Override
  public PublicKey publicKey(byte[] secretKey) {
    BigInteger secret = Secp256k1.requireSecretKey(secretKey);
    ECPoint point = new FixedPointCombMultiplier().multiply(CURVE.getG(), secret);
    return PublicKey.fromUncompressed(point.getEncoded(false));
  }
}
