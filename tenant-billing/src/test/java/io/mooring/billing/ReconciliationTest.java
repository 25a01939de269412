package io.mooring.billing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.mooring.billing.Moved.Done;
import io.mooring.billing.Reconciliation.Mismatch;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReconciliationTest {
  @Test
  void namesTheAccountThatDoesNotAddUp() {
    Moved<With<Purchase>> bought = Purse.empty(Asset.CPC).topUp("buy", 100, 1);
    if (!(bought instanceof Done<With<Purchase>> done)) {
      throw new AssertionError(bought);
    }
    Purse tampered = new Purse(Asset.CPC, Funds.bought(101), 0, 0, false);
    assertEquals(
        List.of(new Mismatch(Asset.CPC, "prepaid", 101, 100)),
        Reconciliation.of(List.of(tampered), List.of(), done.postings()));
    assertEquals(
        List.of(), Reconciliation.of(List.of(done.state().purse()), List.of(), done.postings()));
  }
}
