package io.mooring.evm.precompile;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;

/** 0x100: a signature over secp256r1 (EIP-7951): the word one where it holds, else nothing. */
final class P256Verify implements Precompile {
  private static final int INPUT_BYTES = 160;
  private static final long GAS = 6_900;

  @Override
  public long gas(byte[] input) {
    return GAS;
  }

  @Override
  public byte[] run(byte[] input) {
    return input.length == INPUT_BYTES && Secp256r1.verifies(input)
        ? Truth.word(true)
        : new byte[0];
  }

  /** The JDK's own curve, looked up when the first signature comes. */
  private static final class Secp256r1 {
    private static final ECParameterSpec CURVE = curve();
    private static final BigInteger MODULUS = ((ECFieldFp) CURVE.getCurve().getField()).getP();

    private static ECParameterSpec curve() {
      try {
        AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
        parameters.init(new ECGenParameterSpec("secp256r1"));
        return parameters.getParameterSpec(ECParameterSpec.class);
      } catch (GeneralSecurityException e) {
        throw new AssertionError("every JDK has secp256r1", e);
      }
    }

    static boolean verifies(byte[] input) {
      BigInteger x = Input.number(input, 96, 32);
      BigInteger y = Input.number(input, 128, 32);
      if (!isInRange(Input.number(input, 32, 32))
          || !isInRange(Input.number(input, 64, 32))
          || !isOnCurve(x, y)) {
        return false;
      }
      try {
        PublicKey key =
            KeyFactory.getInstance("EC")
                .generatePublic(new ECPublicKeySpec(new ECPoint(x, y), CURVE));
        Signature verifier = Signature.getInstance("NONEwithECDSAinP1363Format");
        verifier.initVerify(key);
        verifier.update(input, 0, 32);
        return verifies(verifier, Input.bytes(input, 32, 64));
      } catch (GeneralSecurityException e) {
        throw new AssertionError("every JDK verifies ECDSA by a point of the curve", e);
      }
    }

    private static boolean verifies(Signature verifier, byte[] signature) {
      try {
        return verifier.verify(signature);
      } catch (SignatureException noSuchSignature) {
        return false;
      }
    }

    private static boolean isInRange(BigInteger part) {
      return part.signum() > 0 && part.compareTo(CURVE.getOrder()) < 0;
    }

    /** The JDK leaves this to whoever makes a key; infinity, as zeros, is not on the curve. */
    private static boolean isOnCurve(BigInteger x, BigInteger y) {
      BigInteger a = CURVE.getCurve().getA();
      BigInteger b = CURVE.getCurve().getB();
      BigInteger right = x.multiply(x).add(a).multiply(x).add(b).mod(MODULUS);
      return x.compareTo(MODULUS) < 0
          && y.compareTo(MODULUS) < 0
          && y.multiply(y).mod(MODULUS).equals(right);
    }
  }
}
