package io.mooring.billing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PriceTest {
  private static final BigInteger MOST = BigInteger.valueOf(Amount.UNITS_MAX);

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void eachStartedStepIsPaidInFullHoweverLargeTheNumbersAre(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 100_000; i++) {
      long units = Math.min(Amount.UNITS_MAX, number(random));
      long per = Math.max(1, number(random));
      long quantity = number(random);
      BigInteger cost =
          BigInteger.valueOf(quantity)
              .multiply(BigInteger.valueOf(units))
              .add(BigInteger.valueOf(per - 1))
              .divide(BigInteger.valueOf(per));
      Price price = new Price(units, per);

      boolean affordable = cost.compareTo(MOST) <= 0;
      assertEquals(affordable, price.isAffordable(quantity), price + " of " + quantity);
      if (affordable) {
        assertEquals(cost.longValueExact(), price.of(quantity), price + " of " + quantity);
      } else {
        assertThrows(IllegalArgumentException.class, () -> price.of(quantity));
      }
    }
  }

  /** Of every length, and often at an edge. */
  private static long number(Random random) {
    long number = random.nextLong() >>> (1 + random.nextInt(63));
    return random.nextInt(8) == 0 ? 500_000_000 + random.nextInt(3) - 1 : number;
  }
}
