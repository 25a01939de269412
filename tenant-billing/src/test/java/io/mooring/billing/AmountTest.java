package io.mooring.billing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AmountTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0",
        "-1",
        "+1",
        "01",
        "1.0",
        "1e3",
        "1e400",
        "NaN",
        " 1",
        "1 ",
        "١",
        "0x1",
        "1_000",
        "1000000000000000001",
        "99999999999999999999999999999999999999",
        "999999999999999999999999999999999999999"
      })
  void readsNothingButWholeNumbersWithinItsBounds(String text) {
    assertThrows(IllegalArgumentException.class, () -> Amount.parse(Asset.CPC, text));
  }

  @Test
  void readsItsOwnBounds() {
    assertEquals(1, Amount.parse(Asset.ITC, "1").units());
    assertEquals(Amount.UNITS_MAX, Amount.parse(Asset.ITC, "1000000000000000000").units());
  }
}
