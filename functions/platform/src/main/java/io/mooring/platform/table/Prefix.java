package io.mooring.platform.table;

import io.mooring.platform.LedgerId;
import io.mooring.platform.TenantId;

/**
 * The beginning of the keys of one kind of item, or of every kind, within one tenant or one ledger.
 */
public record Prefix(String partition, String sort) {
  public static Prefix of(TenantId tenant, String kind, String... parts) {
    return new Prefix(Key.partition(tenant), Key.sort(kind, parts));
  }

  public static Prefix of(LedgerId ledger, String kind, String... parts) {
    return new Prefix(Key.partition(ledger), Key.sort(kind, parts));
  }

  /** Everything that stands in a tenant's own partition. */
  public static Prefix all(TenantId tenant) {
    return new Prefix(Key.partition(tenant), "");
  }

  /** Everything that stands in a ledger's own partition; its commits have another. */
  public static Prefix all(LedgerId ledger) {
    return new Prefix(Key.partition(ledger), "");
  }

  public boolean covers(Key key) {
    return key.partition().equals(partition) && key.sort().startsWith(sort);
  }
}
