package io.mooring.billing.credits;

import io.mooring.billing.Amount;
import io.mooring.billing.Asset;
import io.mooring.billing.Cap;
import io.mooring.platform.commit.Effect;
import io.mooring.platform.table.Item;
import java.util.List;

/** The caps of one subject as they were read, and after what was taken meanwhile. */
record Capped(Item item, CapSheet sheet, boolean taken) {
  static Capped read(Item item) {
    return new Capped(item, CapSheet.read(item), false);
  }

  /** How much more all of them together let pass. */
  static long open(List<Capped> caps, Asset asset, long nowMillis) {
    return caps.stream()
        .mapToLong(cap -> cap.sheet.open(asset, nowMillis))
        .min()
        .orElse(Amount.UNITS_MAX);
  }

  Capped taking(Asset asset, long units, long nowMillis) {
    return new Capped(item, sheet.taking(asset, units, nowMillis), true);
  }

  /** After units came back unspent that were taken at a moment. */
  Capped givenBack(Asset asset, long units, long takenMillis, long nowMillis) {
    CapSheet after =
        sheet.givenBack(
            asset, period -> Cap.isSame(period, takenMillis, nowMillis) ? units : 0, nowMillis);
    return new Capped(item, after, true);
  }

  /** On the condition that nobody took anything meanwhile. */
  Effect effect() {
    return Effect.put(item, sheet.body());
  }
}
