package io.mooring.platform.commit;

import io.mooring.billing.Asset;
import io.mooring.billing.Decline;
import io.mooring.billing.Deposit;
import io.mooring.billing.Funds;
import io.mooring.billing.Meter;
import io.mooring.billing.Price;
import io.mooring.billing.PriceList;
import io.mooring.platform.LedgerId;
import io.mooring.platform.TenantId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A purse that is not a ledger's: funds for the commits of tests, with fault switches. */
public final class PurseInMemory implements Funding {
  static final long ENTRY_PRICE = 5;

  private final Map<Asset, Long> units = new HashMap<>();
  private final Map<String, List<Deposit>> deposits = new HashMap<>();
  private final Map<String, Long> forgotten = new HashMap<>();

  /** How much more than what is missing a deposit holds, while there is any. */
  long extra;

  boolean silent;

  /** Says that it is done, and gives nothing. */
  boolean deaf;

  String cappedKey = "";
  int asked;
  private int askedAhead;

  public PurseInMemory with(Asset asset, long more) {
    units.merge(asset, more, Long::sum);
    return this;
  }

  /** Each deposit holds so much more than what is missing, so that few are made. */
  public PurseInMemory generous(long more) {
    extra = more;
    return this;
  }

  @Override
  public PriceList prices(TenantId tenant, long millis) {
    return new PriceList(
        "test-1",
        "test",
        0,
        0,
        Stream.of(Meter.values())
            .collect(Collectors.toMap(meter -> meter, meter -> new Price(ENTRY_PRICE, 1))));
  }

  @Override
  public String spender(LedgerId ledger, String submitter) {
    return submitter.equals(cappedKey) ? submitter : "";
  }

  @Override
  public synchronized Optional<Deposit> deposit(
      LedgerId ledger, String spender, Asset asset, long number) {
    List<Deposit> made = deposits.getOrDefault(ledger + spender + asset, List.of());
    boolean kept = number > forgotten.getOrDefault(ledger + spender + asset, 0L);
    return kept && number <= made.size()
        ? Optional.of(made.get((int) number - 1))
        : Optional.empty();
  }

  @Override
  public synchronized Funded fund(
      Committer committer, LedgerId ledger, List<Need> needs, Duration patience) {
    asked++;
    askedAhead += needs.stream().allMatch(Need::ahead) ? 1 : 0;
    if (silent) {
      return new Funded.Unknown("nobody answers");
    }
    Map<Need, Decline> refused = new HashMap<>();
    for (Need need : needs) {
      if (deaf || made(ledger, need).size() > need.counted()) {
        continue;
      }
      long left = units.getOrDefault(need.asset(), 0L);
      if (need.ahead() && left < need.missing()) {
        continue;
      }
      long given = Math.min(left, need.missing() + extra);
      if (given < need.missing()) {
        refused.put(need, Decline.INSUFFICIENT_CREDIT);
      }
      if (given > 0) {
        forgotten.merge(ledger + need.spender() + need.asset(), need.consumed(), Math::max);
        units.put(need.asset(), left - given);
        deposits
            .computeIfAbsent(ledger + need.spender() + need.asset(), absent -> new ArrayList<>())
            .add(
                new Deposit(
                    need.spender(),
                    made(ledger, need).size() + 1,
                    need.asset(),
                    Funds.bought(given)));
      }
    }
    return refused.isEmpty() ? new Funded.Done() : new Funded.Refused(refused);
  }

  /** How often it was asked, by those who wait or ahead of those who come. */
  synchronized int asked(boolean ahead) {
    return ahead ? askedAhead : asked - askedAhead;
  }

  private List<Deposit> made(LedgerId ledger, Need need) {
    return deposits.getOrDefault(ledger + need.spender() + need.asset(), List.of());
  }

  synchronized long left(Asset asset) {
    return units.getOrDefault(asset, 0L);
  }
}
