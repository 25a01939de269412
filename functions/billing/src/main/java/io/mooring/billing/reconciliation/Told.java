package io.mooring.billing.reconciliation;

import io.mooring.billing.Asset;
import io.mooring.billing.Movement;
import io.mooring.billing.Posting;
import io.mooring.billing.Reconciliation.Mismatch;
import io.mooring.billing.Tally;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What the journal tells that one ledger charged so far, tally by tally. Not thread-safe. */
final class Told {
  private final Map<Asset, Long> charged = new EnumMap<>(Asset.class);
  private final Map<Asset, Long> lapsed = new EnumMap<>(Asset.class);
  private long lastCommit;

  void add(Tally tally, List<Mismatch> mismatches) {
    if (tally.firstCommit() != lastCommit + 1) {
      mismatches.add(
          new Mismatch(
              Asset.CPC,
              "first commit of a tally of " + tally.ledger(),
              tally.firstCommit(),
              lastCommit + 1));
    }
    for (Asset asset : Asset.values()) {
      long rows =
          tally.rows().stream()
              .filter(row -> row.meter().asset() == asset)
              .mapToLong(row -> Math.multiplyExact(row.units(), row.times()))
              .reduce(0, Math::addExact);
      long moved = moved(tally, asset, Posting.Kind.CHARGE);
      if (rows != moved) {
        mismatches.add(new Mismatch(asset, "charges told of " + tally.ledger(), moved, rows));
      }
      charged.merge(asset, moved, Math::addExact);
      lapsed.merge(asset, moved(tally, asset, Posting.Kind.GRANT_EXPIRY), Math::addExact);
    }
    lastCommit = tally.lastCommit();
  }

  private static long moved(Tally tally, Asset asset, Posting.Kind kind) {
    return tally.movements().stream()
        .filter(movement -> movement.asset() == asset && movement.kind() == kind)
        .mapToLong(Movement::units)
        .reduce(0, Math::addExact);
  }

  long lastCommit() {
    return lastCommit;
  }

  long charged(Asset asset) {
    return charged.getOrDefault(asset, 0L);
  }

  long lapsed(Asset asset) {
    return lapsed.getOrDefault(asset, 0L);
  }
}
