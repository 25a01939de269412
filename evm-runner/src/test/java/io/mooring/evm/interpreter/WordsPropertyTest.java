package io.mooring.evm.interpreter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.mooring.evm.U256;
import java.math.BigInteger;
import java.util.SplittableRandom;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every operation on words against BigInteger, with operands biased to the edges of limbs. */
class WordsPropertyTest {
  private static final int ROUNDS = 60_000;
  private static final long SEED = Long.getLong("seed", 0x6d6f6f72L);
  private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(256);
  private static final BigInteger LIMIT = BigInteger.valueOf(256);

  private interface Operation {
    void apply(long[] stack, int d, int a, int b);
  }

  private record Binary(String name, Operation ours, BinaryOperator<BigInteger> oracle) {}

  private static final Division DIVISION = new Division();

  private static final Stream<Binary> BINARIES =
      Stream.of(
          new Binary("add", Words::add, BigInteger::add),
          new Binary("sub", Words::sub, BigInteger::subtract),
          new Binary("mul", Words::mul, BigInteger::multiply),
          new Binary("div", DIVISION::div, (a, b) -> b.signum() == 0 ? b : a.divide(b)),
          new Binary("mod", DIVISION::mod, (a, b) -> b.signum() == 0 ? b : a.mod(b)),
          new Binary(
              "sdiv", DIVISION::sdiv, (a, b) -> b.signum() == 0 ? b : signed(a).divide(signed(b))),
          new Binary(
              "smod",
              DIVISION::smod,
              (a, b) -> b.signum() == 0 ? b : signed(a).remainder(signed(b))),
          new Binary("exp", Power::exp, (a, b) -> a.modPow(b, MODULUS)),
          new Binary(
              "addmod",
              (s, d, a, b) -> DIVISION.addMod(s, d, a, b, 12),
              (a, b) -> modThird(a.add(b))),
          new Binary(
              "mulmod",
              (s, d, a, b) -> DIVISION.mulMod(s, d, a, b, 12),
              (a, b) -> modThird(a.multiply(b))),
          new Binary("and", Words::and, BigInteger::and),
          new Binary("or", Words::or, BigInteger::or),
          new Binary("xor", Words::xor, BigInteger::xor),
          new Binary("not", (s, d, a, b) -> Words.not(s, d, a), (a, b) -> a.not()),
          new Binary("negate", (s, d, a, b) -> Words.negate(s, d, a), (a, b) -> a.negate()),
          new Binary(
              "lt", (s, d, a, b) -> Words.set(s, d, Words.less(s, a, b)), (a, b) -> bit(a, b, -1)),
          new Binary(
              "slt",
              (s, d, a, b) -> Words.set(s, d, Words.lessSigned(s, a, b)),
              (a, b) -> bit(signed(a), signed(b), -1)),
          new Binary(
              "eq", (s, d, a, b) -> Words.set(s, d, Words.equal(s, a, b)), (a, b) -> bit(a, b, 0)),
          new Binary(
              "addLong", (s, d, a, b) -> Words.addLong(s, d, a, s[b]), (a, b) -> a.add(low(b))),
          new Binary(
              "subLong",
              (s, d, a, b) -> Words.subLong(s, d, a, s[b]),
              (a, b) -> a.subtract(low(b))),
          new Binary(
              "mulLong",
              (s, d, a, b) -> Words.mulLong(s, d, a, s[b]),
              (a, b) -> a.multiply(low(b))),
          new Binary(
              "lessLong",
              (s, d, a, b) -> Words.set(s, d, Words.lessLong(s, a, s[b])),
              (a, b) -> bit(a, low(b), -1)),
          new Binary(
              "greaterLong",
              (s, d, a, b) -> Words.set(s, d, Words.greaterLong(s, a, s[b])),
              (a, b) -> bit(a, low(b), 1)),
          new Binary(
              "lessSignedLong",
              (s, d, a, b) -> Words.set(s, d, Words.lessSignedLong(s, a, s[b] >>> 1)),
              (a, b) -> bit(signed(a), low(b).shiftRight(1), -1)),
          new Binary(
              "greaterSignedLong",
              (s, d, a, b) -> Words.set(s, d, Words.greaterSignedLong(s, a, s[b] >>> 1)),
              (a, b) -> bit(signed(a), low(b).shiftRight(1), 1)),
          new Binary(
              "equalLong",
              (s, d, a, b) -> Words.set(s, d, Words.equalLong(s, a, s[b])),
              (a, b) -> bit(a, low(b), 0)),
          new Binary(
              "shl",
              (s, d, a, b) -> Words.shl(s, d, b, Words.shift(s, a)),
              (a, b) -> b.shiftLeft(a.min(LIMIT).intValue())),
          new Binary(
              "shr",
              (s, d, a, b) -> Words.shr(s, d, b, Words.shift(s, a)),
              (a, b) -> b.shiftRight(a.min(LIMIT).intValue())),
          new Binary(
              "sar",
              (s, d, a, b) -> Words.sar(s, d, b, Words.shift(s, a)),
              (a, b) -> signed(b).shiftRight(a.min(LIMIT).intValue())),
          new Binary("byte", Words::byteAt, WordsPropertyTest::byteAt),
          new Binary("signextend", Words::signExtend, WordsPropertyTest::signExtend),
          new Binary(
              "clz",
              (s, d, a, b) -> Words.set(s, d, Words.leadingZeros(s, a)),
              (a, b) -> BigInteger.valueOf(256L - a.bitLength())));

  private static BigInteger third = BigInteger.ONE;

  @TestFactory
  Stream<DynamicTest> agreesWithBigInteger() {
    return BINARIES.map(
        binary -> DynamicTest.dynamicTest(binary.name() + ", seed " + SEED, () -> check(binary)));
  }

  private static void check(Binary binary) {
    SplittableRandom random = new SplittableRandom(SEED);
    long[] stack = new long[20];
    int rounds = binary.name().equals("exp") ? ROUNDS / 20 : ROUNDS;
    for (int i = 0; i < rounds; i++) {
      BigInteger a = edgy(random);
      BigInteger b = random.nextInt(16) == 0 ? a : edgy(random);
      third = edgy(random);
      int d = 4 * random.nextInt(5);
      U256.of(a).copyTo(stack, 4);
      U256.of(b).copyTo(stack, 8);
      U256.of(third).copyTo(stack, 12);

      binary.ours().apply(stack, d, 4, 8);

      U256 expected = U256.of(binary.oracle().apply(a, b).mod(MODULUS));
      String at = binary.name() + " of " + a.toString(16) + " and " + b.toString(16);
      assertEquals(expected, U256.of(stack, d), at);
    }
  }

  /** Numbers whose limbs are often 0, 1, all ones, the sign bit alone, or small. */
  static BigInteger edgy(SplittableRandom random) {
    int limbs = random.nextInt(5);
    BigInteger value = BigInteger.ZERO;
    for (int i = 0; i < limbs; i++) {
      long limb =
          switch (random.nextInt(8)) {
            case 0 -> 0;
            case 1 -> 1;
            case 2 -> -1L;
            case 3 -> Long.MIN_VALUE;
            case 4 -> Long.MAX_VALUE;
            case 5 -> random.nextInt(300);
            case 6 -> -1L - random.nextInt(300);
            default -> random.nextLong();
          };
      value = value.shiftLeft(64).or(new BigInteger(Long.toUnsignedString(limb)));
    }
    return value;
  }

  private static BigInteger modThird(BigInteger value) {
    return third.signum() == 0 ? third : value.mod(third);
  }

  private static BigInteger signed(BigInteger value) {
    return value.testBit(255) ? value.subtract(MODULUS) : value;
  }

  private static BigInteger low(BigInteger value) {
    return value.mod(BigInteger.ONE.shiftLeft(64));
  }

  private static BigInteger bit(BigInteger a, BigInteger b, int order) {
    return a.compareTo(b) == order ? BigInteger.ONE : BigInteger.ZERO;
  }

  private static BigInteger byteAt(BigInteger index, BigInteger value) {
    if (index.compareTo(BigInteger.valueOf(32)) >= 0) {
      return BigInteger.ZERO;
    }
    return value.shiftRight(8 * (31 - index.intValue())).and(BigInteger.valueOf(255));
  }

  private static BigInteger signExtend(BigInteger index, BigInteger value) {
    if (index.compareTo(BigInteger.valueOf(31)) >= 0) {
      return value;
    }
    int bits = 8 * (index.intValue() + 1);
    BigInteger modulus = BigInteger.ONE.shiftLeft(bits);
    BigInteger cut = value.mod(modulus);
    return cut.testBit(bits - 1) ? cut.subtract(modulus) : cut;
  }
}
