package io.mooring.evm.interpreter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.mooring.evm.U256;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PowerTest {
  private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(256);

  @Test
  void agreesWithBigIntegerAroundEveryPowerOfTwo() {
    for (BigInteger base : aroundPowersOfTwo(1, 2, 64, 128, 129, 192, 255, 256)) {
      for (BigInteger exponent : aroundPowersOfTwo(1, 2, 8, 9, 64, 126, 127, 128, 129, 192, 256)) {
        U256 expected = U256.of(base.modPow(exponent, MODULUS));
        assertEquals(expected, power(base, exponent), base + " to the power of " + exponent);
      }
    }
  }

  private static List<BigInteger> aroundPowersOfTwo(int... powers) {
    List<BigInteger> around = new ArrayList<>();
    for (int power : powers) {
      for (int distance = -3; distance <= 3; distance++) {
        around.add(BigInteger.ONE.shiftLeft(power).add(BigInteger.valueOf(distance)).mod(MODULUS));
      }
    }
    return around;
  }

  private static U256 power(BigInteger base, BigInteger exponent) {
    long[] words = new long[8];
    U256.of(base).copyTo(words, 0);
    U256.of(exponent).copyTo(words, 4);
    Power.exp(words, 0, 0, 4);
    return U256.of(words, 0);
  }
}
