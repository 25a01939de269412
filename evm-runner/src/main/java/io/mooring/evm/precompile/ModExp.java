package io.mooring.evm.precompile;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** 0x05: base to the exponent modulo the modulus, at any length that can be paid (EIP-198). */
final class ModExp implements Precompile {
  /** The longest operand that EIP-7823 allows. */
  static final int OPERAND_BYTES_MAX_EIP_7823 = 1024;

  /** The longest operand before that: what an array holds, and far more than any block's gas. */
  static final int OPERAND_BYTES_MAX = Integer.MAX_VALUE - 1024;

  private static final int HEADER_BYTES = 96;
  private static final int EXPONENT_HEAD_BYTES = 32;

  /** How operand lengths and the exponent become gas. */
  enum Pricing {
    EIP_198,
    EIP_2565,
    EIP_7883
  }

  private final Pricing pricing;

  ModExp(Pricing pricing) {
    this.pricing = pricing;
  }

  @Override
  public long gas(byte[] input) {
    Lengths lengths = Lengths.of(input);
    if (isTooLong(lengths)) {
      return Long.MAX_VALUE;
    }

    BigInteger longest = lengths.base.max(lengths.modulus);
    BigInteger rounds = rounds(lengths.exponent, lengths.exponentHead(input));
    BigInteger gas =
        switch (pricing) {
          case EIP_198 -> squaringCost(longest).multiply(rounds).divide(of(20));
          case EIP_2565 -> squaredWords(longest).multiply(rounds).divide(of(3)).max(of(200));
          case EIP_7883 ->
              (longest.compareTo(of(32)) <= 0 ? of(16) : squaredWords(longest).shiftLeft(1))
                  .multiply(rounds)
                  .max(of(500));
        };
    return gas.bitLength() < Long.SIZE ? gas.longValue() : Long.MAX_VALUE;
  }

  /** How many squarings the exponent asks for, as the protocol estimates it; at least one. */
  private BigInteger rounds(BigInteger exponentBytes, BigInteger head) {
    BigInteger headBits = of(Math.max(0, head.bitLength() - 1));
    BigInteger rest = exponentBytes.subtract(of(EXPONENT_HEAD_BYTES)).max(BigInteger.ZERO);
    BigInteger restBits = rest.multiply(of(pricing == Pricing.EIP_7883 ? 16 : 8));
    return restBits.add(headBits).max(BigInteger.ONE);
  }

  /** EIP-198's estimate of what squaring a number of {@code x} bytes costs. */
  private static BigInteger squaringCost(BigInteger x) {
    BigInteger squared = x.multiply(x);
    if (x.compareTo(of(64)) <= 0) {
      return squared;
    }
    return x.compareTo(of(1024)) <= 0
        ? squared.shiftRight(2).add(x.multiply(of(96))).subtract(of(3072))
        : squared.shiftRight(4).add(x.multiply(of(480))).subtract(of(199_680));
  }

  private static BigInteger squaredWords(BigInteger bytes) {
    BigInteger words = bytes.add(of(7)).shiftRight(3);
    return words.multiply(words);
  }

  @Override
  public byte @Nullable [] run(byte[] input) {
    Lengths lengths = Lengths.of(input);
    if (isTooLong(lengths)) {
      return null;
    }
    if (lengths.modulus.signum() == 0) {
      return new byte[0];
    }

    int baseBytes = lengths.base.intValueExact();
    int exponentBytes = lengths.exponent.intValueExact();
    int modulusBytes = lengths.modulus.intValueExact();
    long exponentFrom = HEADER_BYTES + (long) baseBytes;
    BigInteger modulus = Input.number(input, exponentFrom + exponentBytes, modulusBytes);
    if (modulus.signum() == 0) {
      return new byte[modulusBytes];
    }
    BigInteger base = Input.number(input, HEADER_BYTES, baseBytes);
    BigInteger exponent = Input.number(input, exponentFrom, exponentBytes);
    return rightAligned(base.modPow(exponent, modulus), modulusBytes);
  }

  private boolean isTooLong(Lengths lengths) {
    if (pricing == Pricing.EIP_7883) {
      return lengths.longest().compareTo(of(OPERAND_BYTES_MAX_EIP_7823)) > 0;
    }
    // Without a modulus there is nothing to compute, and no length matters.
    return lengths.modulus.signum() != 0 && lengths.longest().compareTo(of(OPERAND_BYTES_MAX)) > 0;
  }

  private static byte[] rightAligned(BigInteger value, int length) {
    byte[] digits = value.toByteArray();
    int used = Math.min(digits.length, length);
    byte[] aligned = new byte[length];
    System.arraycopy(digits, digits.length - used, aligned, length - used, used);
    return aligned;
  }

  private static BigInteger of(long value) {
    return BigInteger.valueOf(value);
  }

  /** The header: how many bytes each operand has, which may be more than there are. */
  private record Lengths(BigInteger base, BigInteger exponent, BigInteger modulus) {
    static Lengths of(byte[] input) {
      return new Lengths(
          Input.number(input, 0, 32), Input.number(input, 32, 32), Input.number(input, 64, 32));
    }

    BigInteger longest() {
      return base.max(exponent).max(modulus);
    }

    /** The first word of the exponent, or all of it where it is shorter. */
    BigInteger exponentHead(byte[] input) {
      if (base.bitLength() >= Integer.SIZE) {
        return BigInteger.ZERO; // it would begin where no call data can be
      }
      int head = exponent.min(BigInteger.valueOf(EXPONENT_HEAD_BYTES)).intValue();
      return Input.number(input, HEADER_BYTES + base.longValue(), head);
    }
  }
}
