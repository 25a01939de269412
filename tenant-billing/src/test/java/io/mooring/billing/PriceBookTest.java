package io.mooring.billing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriceBookTest {
  private static final long DAY = 86_400_000;
  private static final long NOTICE = PriceBook.NOTICE_OF_A_RISE.toMillis();

  private final PriceBook book = PriceBook.of(list("v1", 0, 0, new Price(10, 1000)));

  @ParameterizedTest(name = "{0} at {1} per {2} costs {3}")
  @CsvSource({
    "0, 10, 1000, 0",
    "1, 10, 1000, 1",
    "100, 10, 1000, 1",
    "101, 10, 1000, 2",
    "1000, 10, 1000, 10",
    "9223372036854775807, 1, 1000, 9223372036854776",
    "5, 0, 1, 0"
  })
  void roundsUpToAWholeUnitAndNeverOverflows(long quantity, long units, long per, long cost) {
    assertEquals(cost, new Price(units, per).of(quantity));
  }

  @Test
  void refusesAQuantityThatNoAmountCouldPay() {
    Price price = new Price(2, 1);
    assertThrows(IllegalArgumentException.class, () -> price.of(Long.MAX_VALUE));
    assertThrows(IllegalArgumentException.class, () -> price.of(-1));
  }

  @Test
  void aRiseNeedsNotice() {
    PriceList soon = list("v2", DAY, DAY + NOTICE - 1, new Price(11, 1000));
    assertThrows(IllegalArgumentException.class, () -> book.publish(soon));

    PriceBook raised = book.publish(list("v2", DAY, DAY + NOTICE, new Price(11, 1000)));
    assertEquals("v1", raised.at("standard", DAY + NOTICE - 1).version());
    assertEquals("v2", raised.at("standard", DAY + NOTICE).version());
  }

  @Test
  void aFallTakesEffectAtOnce() {
    PriceBook cheaper = book.publish(list("v2", DAY, DAY, new Price(9, 1000)));
    assertEquals("v2", cheaper.at("standard", DAY).version());
  }

  @Test
  void aCoarserStepAtTheSameRateIsARise() {
    PriceList coarser = list("v2", DAY, DAY, new Price(100, 1));
    assertThrows(IllegalArgumentException.class, () -> book.publish(coarser));
  }

  @Test
  void aVersionIsTakenForever() {
    PriceList again = list("v1", DAY, DAY, new Price(9, 1000));
    assertThrows(IllegalArgumentException.class, () -> book.publish(again));
    assertEquals(new Price(10, 1000), book.version("v1").of(Meter.GAS));
  }

  private static PriceList list(String version, long published, long effective, Price gas) {
    Map<Meter, Price> prices = new EnumMap<>(Meter.class);
    for (Meter meter : Meter.values()) {
      prices.put(meter, new Price(1, 1));
    }
    prices.put(Meter.GAS, gas);
    return new PriceList(version, "standard", published, effective, prices);
  }
}
