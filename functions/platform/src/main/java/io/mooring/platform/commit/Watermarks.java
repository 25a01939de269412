package io.mooring.platform.commit;

import io.mooring.platform.LedgerId;
import io.mooring.platform.table.DerivedItems;
import io.mooring.platform.table.DerivedItems.Derived;
import io.mooring.platform.table.Item;
import io.mooring.platform.table.Key;
import java.util.List;

/**
 * Up to which commit something was derived.
 *
 * <pre>
 * pk                    sk          v
 * T#ten_acme#L#led_a#   W#tiles#    the last commit that was derived
 * </pre>
 *
 * <p>A late writer may set it back; then some commits are derived again, to the same bytes.
 */
public final class Watermarks {
  private static final String KIND = "W";
  private static final byte[] NOTHING = {};

  private final DerivedItems items;

  public Watermarks(DerivedItems items) {
    this.items = items;
  }

  /** The last commit that was derived; 0 for none. */
  public long read(LedgerId ledger, String derivation) {
    return items.get(List.of(key(ledger, derivation))).stream()
        .mapToLong(derived -> derived.item().version())
        .findFirst()
        .orElse(0);
  }

  void write(LedgerId ledger, String derivation, long commit) {
    Item item = new Item(key(ledger, derivation), commit, NOTHING);
    items.put(List.of(new Derived(item, Derived.NEVER)));
  }

  void forget(LedgerId ledger, String derivation) {
    items.delete(List.of(key(ledger, derivation)));
  }

  private static Key key(LedgerId ledger, String derivation) {
    return Key.of(ledger, KIND, derivation);
  }
}
