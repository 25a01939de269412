package io.mooring.billing.credits;

import io.mooring.billing.Funds;
import io.mooring.platform.LedgerId;
import io.mooring.platform.TenantId;
import io.mooring.platform.json.JsonTree;
import io.mooring.platform.table.Item;
import io.mooring.platform.table.Prefix;
import io.mooring.platform.table.Table;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The items of a table that say what escrows have to do with their tenants' purses. */
record Spenders(Table table) {
  List<Item> of(TenantId tenant) {
    return all(Prefix.of(tenant, Spender.KIND));
  }

  List<Item> of(LedgerId ledger) {
    return all(Prefix.of(ledger.tenant(), Spender.KIND, ledger.value()));
  }

  private List<Item> all(Prefix prefix) {
    List<Item> items = new ArrayList<>();
    table.forEach(prefix, items::add);
    return items;
  }

  /** The ledgers of a tenant that ever got a deposit. */
  Set<LedgerId> ledgers(TenantId tenant) {
    Set<LedgerId> ledgers = new LinkedHashSet<>();
    of(tenant).forEach(item -> ledgers.add(Spender.Name.of(item.key(), tenant).ledger()));
    return ledgers;
  }

  /** The deposits with these numbers that are still there. */
  List<Item> deposits(Spender.Name name, long first, long last) {
    List<Item> deposits = new ArrayList<>();
    for (long number = first; number <= last; number++) {
      Item item = table.get(name.deposit(number));
      if (item.exists()) {
        deposits.add(item);
      }
    }
    return deposits;
  }

  static Funds funds(Item deposit) {
    return Purses.FundsJson.read(JsonTree.parse(deposit.body()));
  }

  static Funds funds(List<Item> deposits) {
    return deposits.stream().map(Spenders::funds).reduce(Funds.NONE, Funds::plus);
  }
}
