package io.mooring.billing.statements;

import io.mooring.platform.LedgerId;
import io.mooring.platform.TenantId;
import io.mooring.platform.table.Prefix;
import io.mooring.platform.table.Table;
import java.util.ArrayList;
import java.util.List;

/** The ledgers of tenants, as the items say that the journal's commits wrote. */
public final class Ledgers {
  private final Table table;

  public Ledgers(Table table) {
    this.table = table;
  }

  /** The journal, and every ledger that the tenant ever made. */
  public List<LedgerId> of(TenantId tenant) {
    List<LedgerId> ledgers = new ArrayList<>();
    ledgers.add(LedgerId.journal(tenant));
    Prefix prefix = Prefix.of(tenant, "LEDGER");
    table.forEach(
        prefix,
        item -> {
          String sort = item.key().sort();
          var ledger =
              new LedgerId(tenant, sort.substring(prefix.sort().length(), sort.length() - 1));
          if (!ledger.equals(ledgers.getFirst())) { // the journal has one once it was asked for
            ledgers.add(ledger);
          }
        });
    return ledgers;
  }
}
