package io.mooring.billing.credits;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mooring.billing.Account;
import io.mooring.billing.Amount;
import io.mooring.billing.Asset;
import io.mooring.billing.Cap;
import io.mooring.platform.LedgerId;
import io.mooring.platform.TenantId;
import io.mooring.platform.json.JsonTree;
import io.mooring.platform.table.Item;
import io.mooring.platform.table.Key;
import java.util.EnumMap;
import java.util.Map;

/**
 * What a tenant's purse has to do with one escrow: how much was deposited and collected.
 *
 * <pre>
 * pk            sk                            body (JSON)
 * T#ten_acme#   ESCROW#led_a#CPC#all#         deposits, gone, collectedAt, slice, millis, taken
 * T#ten_acme#   ESCROW#led_a#CPC#key_1#       the same, of a key with a cap of its own
 * T#ten_acme#   DEPOSIT#led_a#CPC#all#…41#    bought, grants
 * </pre>
 *
 * @param deposits how many deposits were made, which is the number of the last one
 * @param gone how many of them, the first ones, are not kept any more, because they were consumed
 * @param collectedAt the last commit of the ledger whose return was collected
 * @param slice how many units the last deposit had that was paid for, or a free one since, if more
 * @param millis when that was
 * @param taken how much was deposited, less what came back, in the last day, month, and ever
 */
record Spender(
    long deposits,
    long gone,
    long collectedAt,
    long slice,
    long millis,
    Map<Cap.Period, Cap.Taken> taken) {
  static final String KIND = "ESCROW";

  private static final String ALL = "all";
  private static final Spender NEW = new Spender(0, 0, 0, 0, 0, Map.of());

  Spender {
    taken = Map.copyOf(taken);
  }

  /** Which escrow: a ledger's own, or one of a key in it. */
  record Name(LedgerId ledger, Asset asset, String key) {
    static Name of(LedgerId ledger, Asset asset, String spender) {
      return new Name(ledger, asset, spender);
    }

    /** Reads what {@link #item} makes. */
    static Name of(Key item, TenantId tenant) {
      String[] parts = item.sort().split("#");
      String key = parts[3].equals(ALL) ? "" : parts[3];
      return new Name(new LedgerId(tenant, parts[1]), Asset.valueOf(parts[2]), key);
    }

    /** As the account of the escrow is called in postings. */
    String account() {
      return key.isEmpty() ? ledger.value() : ledger.value() + "/" + key;
    }

    Account escrow() {
      return Account.escrow(account());
    }

    Key item() {
      return Key.of(ledger.tenant(), KIND, ledger.value(), asset.name(), part());
    }

    Key deposit(long number) {
      return Key.of(
          ledger.tenant(),
          "DEPOSIT",
          ledger.value(),
          asset.name(),
          part(),
          "%019d".formatted(number));
    }

    private String part() {
      return key.isEmpty() ? ALL : key;
    }
  }

  static Spender of(Item item) {
    if (!item.exists()) {
      return NEW;
    }
    JsonNode body = JsonTree.parse(item.body());
    Map<Cap.Period, Cap.Taken> taken = new EnumMap<>(Cap.Period.class);
    for (JsonNode of : body.path("taken")) {
      taken.put(
          Cap.Period.valueOf(of.required("period").asText()),
          new Cap.Taken(of.required("since").asLong(), of.required("units").asLong()));
    }
    return new Spender(
        body.required("deposits").asLong(),
        body.required("gone").asLong(),
        body.required("collectedAt").asLong(),
        body.required("slice").asLong(),
        body.required("millis").asLong(),
        taken);
  }

  byte[] body() {
    ObjectNode body =
        JsonTree.object()
            .put("deposits", deposits)
            .put("gone", gone)
            .put("collectedAt", collectedAt)
            .put("slice", slice)
            .put("millis", millis);
    ArrayNode array = body.putArray("taken");
    for (Cap.Period period : Cap.Period.values()) {
      Cap.Taken of = taken.getOrDefault(period, Cap.Taken.NOTHING);
      array
          .addObject()
          .put("period", period.name())
          .put("since", of.since())
          .put("units", of.units());
    }
    return JsonTree.bytes(body);
  }

  Spender deposited(long units, long nowSlice, long nowMillis, long nowGone) {
    return new Spender(
        deposits + 1, nowGone, collectedAt, nowSlice, nowMillis, changed(units, nowMillis));
  }

  Spender collected(long commit, long units, long nowMillis) {
    return new Spender(deposits, gone, commit, slice, millis, changed(-units, nowMillis));
  }

  /**
   * How much of what comes back was taken in the period that runs: that much a cap gets back. What
   * was taken in an earlier one does not make room in this one.
   */
  long ofPeriod(Cap.Period period, long units, long nowMillis) {
    Cap.Taken of = taken.getOrDefault(period, Cap.Taken.NOTHING);
    return Math.min(units, unbounded(period).takenNow(of, nowMillis));
  }

  private Map<Cap.Period, Cap.Taken> changed(long units, long nowMillis) {
    Map<Cap.Period, Cap.Taken> changed = new EnumMap<>(Cap.Period.class);
    for (Cap.Period period : Cap.Period.values()) {
      Cap.Taken before = taken.getOrDefault(period, Cap.Taken.NOTHING);
      Cap count = unbounded(period);
      changed.put(
          period,
          units < 0
              ? count.giveBack(before, -units, nowMillis)
              // What one escrow ever took is counted up to what an amount can be, and no further.
              : count.take(before, Math.min(units, count.open(before, nowMillis)), nowMillis));
    }
    return changed;
  }

  private static Cap unbounded(Cap.Period period) {
    return new Cap(period, Amount.UNITS_MAX);
  }
}
