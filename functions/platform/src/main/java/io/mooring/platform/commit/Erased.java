package io.mooring.platform.commit;

import io.mooring.platform.LedgerId;
import io.mooring.platform.table.Key;

/**
 * That the content of an entry was erased: an item, the effect of the entry that says so.
 *
 * <pre>
 * pk            sk                                      body
 * T#ten_acme#   ERASED#led_1#0000000000000000007#       led_1/9: the ledger and index that say so
 * </pre>
 */
public final class Erased {
  private static final String KIND = "ERASED";

  private Erased() {}

  public static Key key(LedgerId ledger, long index) {
    return Key.of(ledger.tenant(), KIND, ledger.value(), "%019d".formatted(index));
  }
}
