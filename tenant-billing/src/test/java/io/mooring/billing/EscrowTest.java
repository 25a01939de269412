package io.mooring.billing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.mooring.billing.Moved.Declined;
import io.mooring.billing.Moved.Done;
import java.util.List;
import org.junit.jupiter.api.Test;

class EscrowTest {
  private static final long NOW = 1_000;

  private final Deposit first = new Deposit("led_a", 1, Asset.CPC, Funds.bought(100));
  private final Escrow hundred = Escrow.empty("led_a", Asset.CPC).consume(first);

  @Test
  void consumesEachDepositOnceAndInOrder() {
    assertThrows(IllegalArgumentException.class, () -> hundred.consume(first));
    Deposit third = new Deposit("led_a", 3, Asset.CPC, Funds.bought(1));
    assertThrows(IllegalArgumentException.class, () -> hundred.consume(third));
    Deposit ofAnother = new Deposit("led_b", 2, Asset.CPC, Funds.bought(1));
    assertThrows(IllegalArgumentException.class, () -> hundred.consume(ofAnother));
  }

  @Test
  void paysAllChargesOrNone() {
    List<Charge> charges = List.of(charge(60), charge(41));
    assertEquals(new Declined<>(Decline.INSUFFICIENT_CREDIT, 1), hundred.charge("c", charges, NOW));
    Done<?> paid =
        assertInstanceOf(Done.class, hundred.charge("c", List.of(charge(60), charge(40)), NOW));
    assertEquals(0, ((Escrow) paid.state()).funds().total());
  }

  @Test
  void aGrantInEscrowLapsesToo() {
    Funds granted = Funds.granted(new Grant("g", 50, 0, NOW));
    Escrow escrow = hundred.consume(new Deposit("led_a", 2, Asset.CPC, granted));
    assertEquals(
        new Declined<>(Decline.INSUFFICIENT_CREDIT, 1),
        escrow.charge("c", List.of(charge(101)), NOW));
    assertInstanceOf(Done.class, escrow.charge("c", List.of(charge(101)), NOW - 1));
  }

  private static Charge charge(long units) {
    return new Charge(Meter.GAS, units, units, "v1");
  }
}
