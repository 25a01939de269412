package io.mooring.platform.commit;

import io.mooring.platform.LedgerId;
import io.mooring.platform.table.DerivedItems;
import io.mooring.platform.table.DerivedItems.Derived;
import io.mooring.platform.table.Item;
import io.mooring.platform.table.Key;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

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
    return read(ledger, Set.of(derivation)).getOrDefault(derivation, 0L);
  }

  /** The last commit from which each was derived, by one request; 0 for none. */
  Map<String, Long> read(LedgerId ledger, Set<String> derivations) {
    Map<Key, Long> found =
        items.get(derivations.stream().map(name -> key(ledger, name)).toList()).stream()
            .map(Derived::item)
            .collect(Collectors.toMap(Item::key, Item::version));
    Map<String, Long> marks = new HashMap<>();
    derivations.forEach(name -> marks.put(name, found.getOrDefault(key(ledger, name), 0L)));
    return marks;
  }

  void write(LedgerId ledger, String derivation, long commit) {
    write(ledger, Set.of(derivation), commit);
  }

  /** All of these were derived from the ledger up to this commit. */
  void write(LedgerId ledger, Set<String> derivations, long commit) {
    items.put(
        derivations.stream()
            .map(name -> new Item(key(ledger, name), commit, NOTHING))
            .map(item -> new Derived(item, Derived.NEVER))
            .toList());
  }

  void forget(LedgerId ledger, String derivation) {
    items.delete(List.of(key(ledger, derivation)));
  }

  private static Key key(LedgerId ledger, String derivation) {
    return Key.of(ledger, KIND, derivation);
  }
}
