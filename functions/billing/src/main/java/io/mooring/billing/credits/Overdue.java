package io.mooring.billing.credits;

import io.mooring.billing.Hold;
import io.mooring.platform.TenantId;
import io.mooring.platform.commit.Effect;
import io.mooring.platform.json.JsonTree;
import io.mooring.platform.table.Item;
import io.mooring.platform.table.Key;
import io.mooring.platform.table.Page;
import io.mooring.platform.table.Prefix;
import io.mooring.platform.table.Table;
import java.util.ArrayList;
import java.util.List;

/**
 * The holds of tenants whose time is over and that nobody has ended yet. Pending holds are noted in
 * the order in which their time ends, so that looking for these costs nothing where there are none,
 * however many holds there ever were.
 *
 * <pre>
 * pk            sk                                body (JSON)
 * T#ten_acme#   HOLDDUE#…(when it ends)#hold_1#   empty; it is there as long as the hold is pending
 * </pre>
 */
final class Overdue {
  /** How many are looked at for one request; ending them makes room for the next. */
  static final int HOLDS_MAX = 32;

  private static final String KIND = "HOLDDUE";

  private final Table table;
  private final Desk desk;

  Overdue(Table table, Desk desk) {
    this.table = table;
    this.desk = desk;
  }

  /** Notes a hold that is made. */
  static Effect noted(TenantId tenant, Hold hold) {
    return Effect.create(key(tenant, hold), JsonTree.bytes(JsonTree.object()));
  }

  /** Strikes out a hold that has its end. */
  Effect struck(TenantId tenant, Hold hold) {
    return Effect.delete(table.get(key(tenant, hold)));
  }

  /** Those of a tenant, the one first whose time ended first. */
  List<Hold> of(TenantId tenant) {
    long now = desk.millis();
    Page noted = table.first(Prefix.of(tenant, KIND), HOLDS_MAX);
    List<Hold> over = new ArrayList<>();
    for (Item item : noted.items()) {
      String[] parts = item.key().sort().split("#");
      if (Long.parseLong(parts[1]) > now) {
        return over;
      }
      Hold hold = StoredHold.read(table.get(Key.of(tenant, Credits.HOLD, parts[2]))).hold();
      if (hold.state() == Hold.State.PENDING) { // else it had its end while we looked
        over.add(hold);
      }
    }
    return over;
  }

  private static Key key(TenantId tenant, Hold hold) {
    return Key.of(tenant, KIND, "%019d".formatted(hold.expiresMillis()), hold.id());
  }
}
