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
import java.util.Optional;

/** There is always another deposit, so that a test of charges needs no purse. */
public record EndlessCredit(PriceBook book, String plan) implements Funding {
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
    return Optional.of(new Deposit(spender, number, asset, Funds.bought(1_000_000)));
  }

  @Override
  public Funded fund(Committer committer, LedgerId ledger, List<Need> needs, Duration patience) {
    return new Funded.Done();
  }
}
