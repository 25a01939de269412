package io.mooring.evm.precompile;

import io.mooring.evm.U256;
import io.mooring.evm.crypto.Keccak256;
import io.mooring.evm.crypto.PublicKey;
import io.mooring.evm.crypto.Signature;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;

/** 0x01: the address whose key signed a digest, or nothing. */
final class EcRecover implements Precompile {
  private static final long GAS = 3000;
  private static final BigInteger V_EVEN = BigInteger.valueOf(27);
  private static final BigInteger V_ODD = BigInteger.valueOf(28);

  private final Curves curves;

  EcRecover(Curves curves) {
    this.curves = curves;
  }

  @Override
  public long gas(byte[] input) {
    return GAS;
  }

  @Override
  public byte[] run(byte[] input) {
    BigInteger v = Input.number(input, 32, 32);
    if (!v.equals(V_EVEN) && !v.equals(V_ODD)) {
      return new byte[0];
    }
    byte[] digest = Input.bytes(input, 0, 32);
    Signature signature =
        new Signature(
            U256.of(Input.bytes(input, 64, 32)),
            U256.of(Input.bytes(input, 96, 32)),
            v.equals(V_ODD) ? 1 : 0);
    Optional<PublicKey> key = curves.secp256k1().recover(digest, signature);
    return key.map(EcRecover::addressWord).orElseGet(() -> new byte[0]);
  }

  private static byte[] addressWord(PublicKey key) {
    byte[] word = Keccak256.hash(key.bytes());
    Arrays.fill(word, 0, 12, (byte) 0);
    return word;
  }
}
