package io.mooring.evm.pairing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The limbs against BigInteger, with operands at the edges of limbs and of the modulus. */
class PrimeFieldPropertyTest {
  static Stream<Object[]> fieldsAndSeeds() {
    String replay = System.getProperty("seed");
    LongStream seeds =
        replay == null ? new Random().longs(20) : LongStream.of(Long.parseLong(replay));
    return seeds
        .boxed()
        .flatMap(
            seed -> Stream.of(new Object[] {Bn254Fp.ONE, seed}, new Object[] {Bls381Fp.ONE, seed}));
  }

  @ParameterizedTest(name = "seed {1}")
  @MethodSource("fieldsAndSeeds")
  <F extends PrimeField<F>> void computesAsBigIntegersDo(F field, long seed) {
    BigInteger p = field.modulus();
    for (BigInteger a : operands(p, new Random(seed))) {
      for (BigInteger b : operands(p, new Random(~seed))) {
        F x = field.of(a);
        F y = field.of(b);
        assertEquals(a.mod(p), x.toBigInteger());
        assertEquals(a.add(b).mod(p), x.plus(y).toBigInteger());
        assertEquals(a.subtract(b).mod(p), x.minus(y).toBigInteger());
        assertEquals(a.multiply(b).mod(p), x.times(y).toBigInteger());
        assertEquals(a.negate().mod(p), x.negated().toBigInteger());
      }
    }
  }

  @ParameterizedTest(name = "seed {1}")
  @MethodSource("fieldsAndSeeds")
  <F extends PrimeField<F>> void rootsSquareToWhatTheyAreRootsOf(F field, long seed) {
    for (BigInteger a : operands(field.modulus(), new Random(seed))) {
      Fp2<F> element = new Fp2<>(field.of(a), field.of(a.add(BigInteger.valueOf(seed))));
      Fp2<F> square = element.squared();
      Fp2<F> root = square.squareRoot();
      assertEquals(square, root == null ? null : root.squared());
    }
  }

  private static List<BigInteger> operands(BigInteger p, Random random) {
    List<BigInteger> operands = new ArrayList<>();
    operands.add(BigInteger.ZERO);
    operands.add(BigInteger.ONE);
    operands.add(p.subtract(BigInteger.ONE));
    operands.add(p.shiftRight(1));
    for (int i = 0; i < 10; i++) {
      operands.add(new BigInteger(p.bitLength() + 8, random).mod(p));
      operands.add(
          BigInteger.ONE.shiftLeft(random.nextInt(p.bitLength())).subtract(BigInteger.ONE));
    }
    return operands;
  }
}
