package io.mooring.platform.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.mooring.billing.Charge;
import io.mooring.billing.Meter;
import java.util.List;
import org.junit.jupiter.api.Test;

class CostHeaderTest {
  private static final List<Charge> CHARGES =
      List.of(
          new Charge(Meter.ENTRIES, 2, 20, "scale-1.ab"),
          new Charge(Meter.GAS, 21_001, 22, "scale-1.ab"),
          new Charge(Meter.MESSAGES, 1, 3, "scale-1.ab"));

  @Test
  void saysUnitsOfEachAssetGasAndTheVersionOfThePriceList() {
    assertEquals("cpc=42, itc=3, gas=21001, prices=scale-1.ab", CostHeader.of(CHARGES, false));
  }

  @Test
  void aRepetitionCostsNothing() {
    assertEquals("cpc=0, itc=0, gas=0, prices=scale-1.ab", CostHeader.of(CHARGES, true));
  }

  @Test
  void aVersionThatIsNoTokenIsAString() {
    assertEquals(
        "cpc=1, itc=0, gas=0, prices=\"2026-11\"",
        CostHeader.of(List.of(new Charge(Meter.ENTRIES, 1, 1, "2026-11")), false));
  }
}
