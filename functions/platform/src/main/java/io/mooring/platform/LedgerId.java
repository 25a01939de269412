package io.mooring.platform;

import java.util.regex.Pattern;

/** Names one ledger. It cannot be written without its tenant, so no query can forget to scope. */
public record LedgerId(TenantId tenant, String value) {
  private static final Pattern SHAPE = Pattern.compile("led_[0-9a-z]{4,32}");

  public LedgerId {
    if (!SHAPE.matcher(value).matches()) {
      throw new IllegalArgumentException("not a ledger id: " + value);
    }
  }

  /** The ledger that a tenant has from birth, in which its own changes are entries. */
  public static LedgerId journal(TenantId tenant) {
    return new LedgerId(tenant, "led_journal");
  }
}
