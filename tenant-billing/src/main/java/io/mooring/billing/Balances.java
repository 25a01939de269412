package io.mooring.billing;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/** What each account holds of each asset: the sum of all postings, and nothing else. */
public final class Balances {
  private final Map<Asset, Map<Account, Long>> byAsset;

  private Balances(Map<Asset, Map<Account, Long>> byAsset) {
    this.byAsset = byAsset;
  }

  /** Adds up a whole history. */
  public static Balances of(Collection<Posting> postings) {
    Map<Asset, Map<Account, Long>> byAsset = new HashMap<>();
    for (Posting posting : postings) {
      Map<Account, Long> accounts =
          byAsset.computeIfAbsent(posting.amount().asset(), asset -> new HashMap<>());
      long units = posting.amount().units();
      accounts.merge(posting.from(), -units, Math::addExact);
      accounts.merge(posting.to(), units, Math::addExact);
    }
    return new Balances(byAsset);
  }

  public long of(Asset asset, Account account) {
    return accounts(asset).getOrDefault(account, 0L);
  }

  /** The sum over all accounts of a kind. */
  public long of(Asset asset, Account.Kind kind) {
    return accounts(asset).entrySet().stream()
        .filter(account -> account.getKey().kind() == kind)
        .mapToLong(Map.Entry::getValue)
        .reduce(0, Math::addExact);
  }

  /** The sum over all accounts; anything but zero means that credits came from nowhere. */
  public long total(Asset asset) {
    return accounts(asset).values().stream().reduce(0L, Math::addExact);
  }

  public Map<Account, Long> accounts(Asset asset) {
    return Collections.unmodifiableMap(byAsset.getOrDefault(asset, Map.of()));
  }
}
