package io.mooring.ledgers;

import io.mooring.platform.LedgerId;
import io.mooring.platform.TenantId;
import io.mooring.platform.commit.Effect;
import io.mooring.platform.table.Key;
import io.mooring.platform.table.Table;
import java.nio.charset.StandardCharsets;

/**
 * Gives every ledger of the deployment a number of its own: where its head stands in each anchored
 * epoch. Numbers are taken in order and never given back, so there is no gap among them.
 *
 * <pre>
 * pk               sk                             body
 * T#ten_operator#  SLOT#0000000000000000007#      ten_acme/led_1
 * </pre>
 */
final class Slots {
  private static final String KIND = "SLOT";

  private final Table table;

  Slots(Table table) {
    this.table = table;
  }

  /** The first number that nobody has; whoever takes it first has it. */
  long firstFree() {
    long taken = 0;
    long free = 1;
    while (isTaken(free)) {
      taken = free;
      free = Math.multiplyExact(free, 2);
    }
    while (free - taken > 1) {
      long middle = taken + (free - taken) / 2;
      if (isTaken(middle)) {
        taken = middle;
      } else {
        free = middle;
      }
    }
    return free;
  }

  /** Takes a number, if it is still free when the commit happens. */
  static Effect take(long slot, LedgerId ledger) {
    byte[] owner = (ledger.tenant() + "/" + ledger.value()).getBytes(StandardCharsets.UTF_8);
    return Effect.create(key(slot), owner);
  }

  static boolean isSlot(Key key) {
    return key.partition().equals(key(1).partition()) && key.sort().startsWith(KIND + "#");
  }

  private boolean isTaken(long slot) {
    return table.get(key(slot)).exists();
  }

  private static Key key(long slot) {
    return Key.of(TenantId.OPERATOR, KIND, "%019d".formatted(slot));
  }
}
