package io.mooring.billing;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * What each kind of a tenant's accounts holds of each asset at one moment, as far as one ledger
 * tells; the standings of all its ledgers together are the tenant's. The platform's accounts are
 * left out.
 */
public record Standing(Map<Asset, Map<Account.Kind, Long>> units) {
  public static final Standing NOTHING = new Standing(Map.of());

  public Standing {
    var copy = new EnumMap<Asset, Map<Account.Kind, Long>>(Asset.class);
    units.forEach((asset, kinds) -> copy.put(asset, withoutZeros(kinds)));
    copy.values().removeIf(Map::isEmpty);
    units = Collections.unmodifiableMap(copy);
  }

  public long of(Asset asset, Account.Kind kind) {
    return units.getOrDefault(asset, Map.of()).getOrDefault(kind, 0L);
  }

  /** What could be spent or deposited: bought and granted credits together. */
  public long available(Asset asset) {
    return Math.addExact(of(asset, Account.Kind.PREPAID), of(asset, Account.Kind.PROMO));
  }

  public Standing plus(Standing other) {
    Standing sum = this;
    for (var asset : other.units.entrySet()) {
      for (var kind : asset.getValue().entrySet()) {
        sum = sum.plus(asset.getKey(), kind.getKey(), kind.getValue());
      }
    }
    return sum;
  }

  public Standing plus(Posting posting) {
    Asset asset = posting.amount().asset();
    long amount = posting.amount().units();
    return plus(asset, posting.from().kind(), -amount).plus(asset, posting.to().kind(), amount);
  }

  Standing plus(Movement movement) {
    return plus(movement.asset(), movement.from(), -movement.units())
        .plus(movement.asset(), movement.to(), movement.units());
  }

  private Standing plus(Asset asset, Account.Kind kind, long amount) {
    if (!isTenants(kind)) {
      return this;
    }
    var assets = new EnumMap<Asset, Map<Account.Kind, Long>>(Asset.class);
    assets.putAll(units);
    var kinds = new EnumMap<Account.Kind, Long>(Account.Kind.class);
    kinds.putAll(assets.getOrDefault(asset, Map.of()));
    kinds.merge(kind, amount, Math::addExact);
    assets.put(asset, kinds);
    return new Standing(assets);
  }

  private static boolean isTenants(Account.Kind kind) {
    return switch (kind) {
      case PREPAID, PROMO, HELD, ESCROW, RECEIVABLE -> true;
      case PURCHASE, PROMOTION, REVENUE -> false;
    };
  }

  private static Map<Account.Kind, Long> withoutZeros(Map<Account.Kind, Long> kinds) {
    var copy = new EnumMap<Account.Kind, Long>(Account.Kind.class);
    kinds.forEach(
        (kind, amount) -> {
          if (amount != 0) {
            copy.put(kind, amount);
          }
        });
    return Collections.unmodifiableMap(copy);
  }
}
