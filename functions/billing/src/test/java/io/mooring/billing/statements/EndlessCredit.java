package io.mooring.billing.statements;

import io.mooring.billing.Asset;
import io.mooring.billing.Deposit;
import io.mooring.billing.Funds;
import io.mooring.billing.PriceBook;
import io.mooring.billing.PriceList;
import io.mooring.platform.LedgerId;
import io.mooring.platform.TenantId;
import io.mooring.platform.commit.Committer;
import io.mooring.platform.commit.Funding;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Whoever asks for a deposit gets one, so that a test of charges needs no purse. */
public final class EndlessCredit implements Funding {
  private final PriceBook book;
  private final String plan;
  private final Map<Payee, Long> made = new ConcurrentHashMap<>();

  private record Payee(LedgerId ledger, String spender, Asset asset) {}

  public EndlessCredit(PriceBook book, String plan) {
    this.book = book;
    this.plan = plan;
  }

  @Override
  public PriceList prices(TenantId tenant, long millis) {
    return book.at(plan, millis);
  }

  @Override
  public String spender(LedgerId ledger, String submitter) {
    return "";
  }

  @Override
  public Optional<Deposit> deposit(LedgerId ledger, String spender, Asset asset, long number) {
    return number <= made.getOrDefault(new Payee(ledger, spender, asset), 0L)
        ? Optional.of(new Deposit(spender, number, asset, Funds.bought(1_000_000)))
        : Optional.empty();
  }

  @Override
  public Funded fund(Committer committer, LedgerId ledger, List<Need> needs, Duration patience) {
    for (Need need : needs) {
      made.merge(new Payee(ledger, need.spender(), need.asset()), need.counted() + 1, Math::max);
    }
    return new Funded.Done();
  }
}
