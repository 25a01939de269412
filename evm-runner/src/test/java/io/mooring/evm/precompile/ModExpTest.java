package io.mooring.evm.precompile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.math.BigInteger;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ModExpTest {
  private static final BigInteger HUGE = BigInteger.ONE.shiftLeft(255);

  @Test
  void takesOperandsUpToTheBoundOfEip7823AndNoLonger() {
    ModExp osaka = new ModExp(ModExp.Pricing.EIP_7883);
    BigInteger bound = BigInteger.valueOf(ModExp.OPERAND_BYTES_MAX_EIP_7823);
    BigInteger beyond = bound.add(BigInteger.ONE);
    assertNotNull(osaka.run(lengths(bound, bound, bound)));
    assertNull(osaka.run(lengths(beyond, BigInteger.ZERO, BigInteger.ZERO)));
    assertNull(osaka.run(lengths(BigInteger.ZERO, beyond, BigInteger.ZERO)));
    assertNull(osaka.run(lengths(BigInteger.ZERO, BigInteger.ZERO, beyond)));
    assertEquals(Long.MAX_VALUE, osaka.gas(lengths(beyond, BigInteger.ZERO, BigInteger.ZERO)));
  }

  @ParameterizedTest
  @EnumSource(
      value = ModExp.Pricing.class,
      names = {"EIP_198", "EIP_2565"})
  void cannotBePaidWhereNoArrayWouldHoldAnOperand(ModExp.Pricing pricing) {
    ModExp precompile = new ModExp(pricing);
    BigInteger beyond = BigInteger.valueOf(ModExp.OPERAND_BYTES_MAX + 1L);
    byte[] input = lengths(BigInteger.ZERO, beyond, BigInteger.ONE);
    assertEquals(Long.MAX_VALUE, precompile.gas(input));
    assertNull(precompile.run(input));
    assertEquals(Long.MAX_VALUE, precompile.gas(lengths(HUGE, HUGE, HUGE)));
  }

  @ParameterizedTest
  @EnumSource(
      value = ModExp.Pricing.class,
      names = {"EIP_198", "EIP_2565"})
  void givesNothingWithoutAModulusWhateverTheExponent(ModExp.Pricing pricing) {
    byte[] input = lengths(BigInteger.ZERO, HUGE, BigInteger.ZERO);
    assertArrayEquals(new byte[0], new ModExp(pricing).run(input));
  }

  @Test
  void givesZerosForAModulusOfZero() {
    byte[] input = lengths(BigInteger.ONE, BigInteger.ONE, BigInteger.TWO);
    assertArrayEquals(new byte[2], new ModExp(ModExp.Pricing.EIP_2565).run(input));
  }

  @Test
  void givesZeroForAModulusOfOneEvenToThePowerOfNothing() {
    byte[] input = Arrays.copyOf(lengths(BigInteger.ZERO, BigInteger.ZERO, BigInteger.ONE), 96 + 1);
    input[96] = 1;
    assertArrayEquals(new byte[1], new ModExp(ModExp.Pricing.EIP_2565).run(input));
  }

  private static byte[] lengths(BigInteger base, BigInteger exponent, BigInteger modulus) {
    byte[] input = new byte[96];
    int at = 0;
    for (BigInteger length : new BigInteger[] {base, exponent, modulus}) {
      byte[] digits = length.toByteArray();
      int used = Math.min(digits.length, 32);
      System.arraycopy(digits, digits.length - used, input, at + 32 - used, used);
      at += 32;
    }
    return input;
  }
}
