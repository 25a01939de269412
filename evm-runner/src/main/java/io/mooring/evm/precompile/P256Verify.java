package io.mooring.evm.precompile;

import java.math.BigInteger;
import org.bouncycastle.asn1.sec.SECNamedCurves;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.math.ec.ECPoint;

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

  /**
   * The library's curve, in a class of its own so that nothing of the library, whose signed jar is
   * verified as it is opened, loads before the first signature comes.
   */
  private static final class Secp256r1 {
    private static final ECDomainParameters CURVE = curve();

    private static ECDomainParameters curve() {
      X9ECParameters named = SECNamedCurves.getByName("secp256r1");
      return new ECDomainParameters(
          named.getCurve(), named.getG(), named.getN(), named.getH(), named.getSeed());
    }

    static boolean verifies(byte[] input) {
      BigInteger r = Input.number(input, 32, 32);
      BigInteger s = Input.number(input, 64, 32);
      BigInteger x = Input.number(input, 96, 32);
      BigInteger y = Input.number(input, 128, 32);
      BigInteger modulus = CURVE.getCurve().getField().getCharacteristic();
      if (x.compareTo(modulus) >= 0 || y.compareTo(modulus) >= 0) {
        return false;
      }
      ECPoint point = CURVE.getCurve().createPoint(x, y);
      if (!point.isValid()) {
        return false;
      }
      ECDSASigner verifier = new ECDSASigner();
      verifier.init(false, new ECPublicKeyParameters(point, CURVE));
      return verifier.verifySignature(Input.bytes(input, 0, 32), r, s);
    }
  }
}
