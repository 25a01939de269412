package io.mooring.platform.table;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.mooring.platform.LedgerId;
import io.mooring.platform.TenantId;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KeyTest {
  private static final TenantId ACME = new TenantId("ten_acme");
  private static final LedgerId LEDGER = new LedgerId(ACME, "led_shipments");

  @Test
  void aPartitionTellsWhoseItIs() {
    String own = Key.of(LEDGER, "POOL", "pag_1").partition();
    String commits = Key.commit(LEDGER, 41).partition();

    assertEquals(Optional.of(LEDGER), Key.ledgerOf(own));
    assertEquals(Optional.empty(), Key.ledgerOf(commits));
    assertEquals(Optional.empty(), Key.ledgerOf(Key.of(ACME, "MEMBER", "usr_1").partition()));

    assertEquals(Optional.of(LEDGER), Key.ledgerOfCommits(commits));
    assertEquals(Optional.empty(), Key.ledgerOfCommits(own));
    assertEquals(Optional.empty(), Key.ledgerOfCommits("C#"));
  }
}
