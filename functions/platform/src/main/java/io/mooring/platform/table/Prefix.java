package io.mooring.platform.table;

import io.mooring.platform.LedgerId;
import io.mooring.platform.TenantId;

/** The beginning of the keys of one kind of item, within one tenant or one ledger. */
public record Prefix(String partition, String sort) {
  public static Prefix of(TenantId tenant, String kind, String... parts) {
    return new Prefix(Key.partition(tenant), Key.sort(kind, parts));
  }

  public static Prefix of(LedgerId ledger, String kind, String... parts) {
    return new Prefix(Key.partition(ledger), Key.sort(kind, parts));
  }

  public boolean covers(Key key) {
    return key.partition().equals(partition) && key.sort().startsWith(sort);
  }
}
