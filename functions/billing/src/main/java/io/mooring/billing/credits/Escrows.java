package io.mooring.billing.credits;

import io.mooring.billing.Asset;
import io.mooring.billing.Decline;
import io.mooring.billing.Deposit;
import io.mooring.billing.FreeQuota;
import io.mooring.billing.Funds;
import io.mooring.billing.Grant;
import io.mooring.billing.Hold;
import io.mooring.billing.Moved;
import io.mooring.billing.Posting;
import io.mooring.billing.PriceList;
import io.mooring.billing.Purse;
import io.mooring.billing.With;
import io.mooring.platform.LedgerId;
import io.mooring.platform.TenantId;
import io.mooring.platform.commit.Commits;
import io.mooring.platform.commit.Committer;
import io.mooring.platform.commit.Effect;
import io.mooring.platform.commit.Funding;
import io.mooring.platform.commit.Outcome;
import io.mooring.platform.json.JsonTree;
import io.mooring.platform.table.Item;
import io.mooring.platform.table.Key;
import io.mooring.platform.table.Table;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Moves credit from the purses of tenants to the escrows of their ledgers: a deposit is one commit
 * of the journal, and is consumed by one commit of the ledger. {@link Recalls} moves it back.
 */
public final class Escrows implements Funding {
  /** What a deposit has beyond what is missing, where it is the first for a while. */
  static final long SLICE_MIN = 1_000;

  /** What it has at most, however fast the ledger spends. */
  static final long SLICE_MAX = 10_000_000;

  /** A ledger that asks again within this time gets twice as much. */
  static final Duration SOON = Duration.ofSeconds(10);

  /** No deposit takes more of a purse than this part of it, unless that much is missing. */
  static final long SHARE = 16;

  /** How many free transactions a ledger that writes quickly is given at once, at most. */
  static final int FREE_AHEAD_MAX = 16;

  /** How many deposits that were consumed one request forgets at most. */
  static final int FORGOTTEN_MAX = 4;

  /** How often what lies idle in other ledgers is called back for one request. */
  static final int ROUNDS_MAX = 3;

  /** How often a balance is looked at while the purse is changing all the time. */
  static final int LOOKS_MAX = 8;

  /** Who asks for what no caller asked for. */
  static final String PLATFORM = "platform";

  /** Free transactions are spent before anything else. */
  static final int FREE_PRIORITY = 0;

  private final Table table;
  private final Recalls recalls;
  private final Terms terms;
  private final Desk desk;
  private final Caps caps;
  private final Overdue overdue;

  public Escrows(Table table, Commits commits, Terms terms, Desk desk, Caps caps) {
    this.table = table;
    this.recalls = new Recalls(new Spenders(table), commits, desk, caps);
    this.terms = terms;
    this.desk = desk;
    this.caps = caps;
    this.overdue = new Overdue(table, desk);
  }

  @Override
  public PriceList prices(TenantId tenant, long millis) {
    return terms
        .of(tenant, millis)
        .orElseThrow(() -> new IllegalStateException("tenant " + tenant + " has no plan"))
        .list();
  }

  @Override
  public String spender(LedgerId ledger, String submitter) {
    return caps.concern(ledger.tenant(), submitter) ? submitter : "";
  }

  @Override
  public Optional<Deposit> deposit(LedgerId ledger, String spender, Asset asset, long number) {
    Item item = table.get(Spender.Name.of(ledger, asset, spender).deposit(number));
    return item.exists() && !isFrozen(ledger.tenant(), asset)
        ? Optional.of(new Deposit(spender, number, asset, Spenders.funds(item)))
        : Optional.empty();
  }

  /** What was deposited before a freeze waits until a person has looked, as the purse does. */
  private boolean isFrozen(TenantId tenant, Asset asset) {
    return StoredPurses.read(table, tenant).purses().of(asset).frozen();
  }

  @Override
  public Funded fund(Committer committer, LedgerId ledger, List<Need> needs, Duration patience) {
    for (int round = 1; ; round++) {
      Ask ask = new Ask(ledger, needs);
      Settled<Integer> settled =
          desk.change(committer, Asked.by(PLATFORM), ledger.tenant(), ask::deposits);
      if (settled instanceof Settled.Unchanged<Integer>(Outcome outcome)
          && !isOvertaken(ledger, outcome)) {
        return new Funded.Unknown("the journal does not take deposits now");
      }
      if (ask.refused.isEmpty() || needs.stream().allMatch(Need::ahead)) {
        return new Funded.Done();
      }
      if (!ask.isHelpedByRecall()
          || round == ROUNDS_MAX
          || !bringBack(committer, ledger.tenant(), Optional.of(ledger), patience)) {
        return new Funded.Refused(ask.refused);
      }
    }
  }

  /** Whether another process made a deposit for the same escrow: it is there to be consumed. */
  private static boolean isOvertaken(LedgerId ledger, Outcome outcome) {
    return outcome instanceof Outcome.EffectRefused refused
        && !refused.effect().key().equals(Purses.key(ledger.tenant()));
  }

  /** One request for funds, judged against the purses as they are, perhaps more than once. */
  private final class Ask {
    private final LedgerId ledger;
    private final List<Need> needs;
    private final Map<Need, Decline> refused = new HashMap<>();
    private boolean ledgerCapped;

    Ask(LedgerId ledger, List<Need> needs) {
      this.ledger = ledger;
      this.needs = needs;
    }

    Moved<Desk.Change<Integer>> deposits(Desk.Now now) {
      refused.clear();
      ledgerCapped = false;
      Purses purses = now.purses();
      Map<Key, Capped> capped = new LinkedHashMap<>();
      List<Posting> postings = new ArrayList<>();
      List<Effect> effects = new ArrayList<>();
      int made = 0;
      for (Need need : needs) {
        Item item = table.get(name(need).item());
        Spender spender = Spender.of(item);
        if (spender.deposits() > need.counted()) {
          continue; // one waits that was not counted yet
        }
        List<Capped> caps = capsOf(need, capped);
        long open = open(caps, need.asset(), now.millis());
        long slice = slice(spender, now.millis());
        Freed freed = free(ledger, need, Math.min(slice, open), purses, now);
        long units = units(need, slice, freed, open, now.millis());
        Decline reason = open < need.missing() ? Decline.CAP_REACHED : Decline.INSUFFICIENT_CREDIT;
        Moved<With<Deposit>> moved =
            freed
                .purses
                .of(need.asset())
                .deposit(name(need).account(), spender.deposits() + 1, units, now.millis());
        switch (moved) {
          case Moved.Declined<With<Deposit>> declined -> refused.put(need, declined.reason());
          case Moved.Done<With<Deposit>> done when units > 0 -> {
            made++;
            purses = freed.purses.with(done.state().purse());
            postings.addAll(freed.postings);
            postings.addAll(done.postings());
            effects.addAll(effects(need, item, spender, done.state().other(), now.millis()));
            caps.forEach(
                cap -> capped.put(cap.item().key(), cap.taking(need.asset(), units, now.millis())));
            if (units < need.missing()) {
              refused.put(need, reason);
            }
          }
          case Moved.Done<With<Deposit>> nothing -> refused.put(need, reason);
        }
      }
      if (made == 0) {
        return Moved.declined(Decline.INSUFFICIENT_CREDIT);
      }
      capped.values().stream().filter(Capped::taken).forEach(cap -> effects.add(cap.effect()));
      Purses after = purses;
      return new Moved.Done<>(
          new Desk.Change<>(
              made,
              List.of(after.cpc(), after.itc()),
              effects,
              same -> same.with(after.free()),
              ""),
          postings);
    }

    /** What lies in other escrows is no help to a ledger that may not spend more itself. */
    boolean isHelpedByRecall() {
      boolean poor = refused.containsValue(Decline.INSUFFICIENT_CREDIT);
      return poor || refused.containsValue(Decline.CAP_REACHED) && !ledgerCapped;
    }

    private List<Capped> capsOf(Need need, Map<Key, Capped> capped) {
      List<Capped> caps = new ArrayList<>();
      for (Item item : Escrows.this.caps.of(ledger, need.spender())) {
        caps.add(capped.computeIfAbsent(item.key(), first -> Capped.read(item)));
      }
      return caps;
    }

    private long open(List<Capped> caps, Asset asset, long millis) {
      for (Capped cap : caps) {
        boolean closed = cap.sheet().open(asset, millis) == 0;
        ledgerCapped |= closed && cap.sheet().of().equals(ledger.value());
      }
      return Capped.open(caps, asset, millis);
    }

    private List<Effect> effects(
        Need need, Item item, Spender spender, Deposit deposit, long millis) {
      List<Effect> effects = new ArrayList<>();
      long units = deposit.funds().total();
      long gone = Math.min(need.consumed(), spender.gone() + FORGOTTEN_MAX);
      // What is free comes in parts of its own, and says nothing of how much is paid for at once.
      long slice = isFree(deposit.funds()) ? Math.max(units, spender.slice()) : units;
      effects.add(Effect.put(item, spender.deposited(units, slice, millis, gone).body()));
      effects.add(
          Effect.create(
              name(need).deposit(deposit.number()),
              JsonTree.bytes(Purses.FundsJson.write(deposit.funds()))));
      for (long number = spender.gone() + 1; number <= gone; number++) {
        effects.add(Effect.delete(table.get(name(need).deposit(number))));
      }
      return effects;
    }

    private static boolean isFree(Funds funds) {
      return funds.bought() == 0
          && funds.grants().stream().allMatch(grant -> grant.priority() == FREE_PRIORITY);
    }

    /** What would do for a while: twice as much as the last time where that was soon used. */
    private static long slice(Spender spender, long millis) {
      boolean soon = millis - spender.millis() < SOON.toMillis();
      return soon ? spender.slice() * 2 : spender.slice() / 2;
    }

    /**
     * What is missing; more where much is used; what is left where that is less, and nothing where
     * a cap lets less pass. Ahead, nothing else is taken while there are free transactions, nor
     * less than what was asked for.
     */
    private long units(Need need, long slice, Freed freed, long open, long millis) {
      if (open < need.missing()) {
        return 0;
      }
      long spendable = Math.min(freed.purses.of(need.asset()).spendable(millis), open);
      boolean free = freed.units >= need.missing() || (need.ahead() && freed.units > 0);
      if (free) {
        return Math.min(freed.units, spendable);
      }
      if (need.ahead() && spendable < need.missing()) {
        return 0;
      }
      long extra = Math.min(Math.clamp(slice, SLICE_MIN, SLICE_MAX), spendable / SHARE);
      return Math.min(Math.max(need.missing(), extra), spendable);
    }

    private Spender.Name name(Need need) {
      return new Spender.Name(ledger, need.asset(), need.spender());
    }
  }

  /** The purses after as many free transactions were granted as may be. */
  private record Freed(Purses purses, List<Posting> postings, long units) {}

  /**
   * A free transaction is credit for what it would cost, granted when it is asked for: CPChain's
   * rule, so many a day, and not too fast.
   */
  private static Freed free(LedgerId ledger, Need need, long slice, Purses purses, Desk.Now now) {
    Purse purse = purses.of(need.asset());
    // What the journal is charged for (storage, proofs) is nobody's transaction.
    boolean transaction = !ledger.equals(LedgerId.journal(ledger.tenant()));
    if (need.asset() != Asset.CPC || !transaction || purse.frozen() || now.sheet().isEmpty()) {
      return new Freed(purses, List.of(), 0);
    }
    FreeQuota quota = now.sheet().get().free();
    int asked = need.ahead() ? 0 : need.transactions();
    int wanted = asked + ahead(quota, need, slice, purses, now.millis());
    FreeQuota.Use use = quota.use(purses.free(), wanted, now.millis());
    int ahead = Math.max(0, use.free() - asked);
    long units =
        need.missing() / need.transactions() * (use.free() - ahead) + need.costOfOne() * ahead;
    if (units == 0) {
      return new Freed(purses, List.of(), 0);
    }
    LocalDate day = LocalDate.ofEpochDay(use.used().day());
    long end = day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
    Grant grant = new Grant("free-" + day, units, FREE_PRIORITY, end);
    return switch (purse.grant(grant, now.millis())) {
      case Moved.Done<Purse> done ->
          new Freed(purses.with(done.state()).with(use.used()), done.postings(), units);
      case Moved.Declined<Purse> declined -> new Freed(purses, List.of(), 0);
    };
  }

  /**
   * How many free transactions a ledger gets beyond those that wait, each worth what one of these
   * costs: as many as a slice pays for, but only a small part of those that the day has left, so
   * that the tenant's other ledgers have theirs.
   */
  private static int ahead(FreeQuota quota, Need need, long slice, Purses purses, long millis) {
    long cost = Math.max(1, need.costOfOne());
    long pays = need.ahead() ? Math.max(1, slice / cost) : slice / cost - need.transactions();
    long part = quota.left(purses.free(), millis) / SHARE;
    int most = Math.clamp(part, need.ahead() ? 1 : 0, FREE_AHEAD_MAX);
    return Math.clamp(pays, 0, most);
  }

  /**
   * Brings back into the purses what is there and lies elsewhere: in holds whose time is over, and
   * idle in ledgers. Whether there was anything.
   */
  public boolean bringBack(Committer committer, TenantId tenant, Duration patience) {
    return bringBack(committer, tenant, Optional.empty(), patience);
  }

  private boolean bringBack(
      Committer committer, TenantId tenant, Optional<LedgerId> poor, Duration patience) {
    boolean swept = new Credits(committer, table, desk).sweep(tenant) > 0;
    return swept || recalls.recall(committer, tenant, poor, patience);
  }

  /**
   * What a tenant could spend of each asset: in its purse, in escrows, between the two, and in
   * holds whose time is over. What leaves the purse while this looks would be seen twice, so it
   * looks again.
   */
  public Map<Asset, Long> available(TenantId tenant) {
    Desk.Now now = desk.now(tenant);
    for (int looks = 1; ; looks++) {
      Map<Asset, Long> available = available(tenant, now);
      Desk.Now then = desk.now(tenant);
      if (then.read().version() == now.read().version() || looks == LOOKS_MAX) {
        return available;
      }
      now = then;
    }
  }

  private Map<Asset, Long> available(TenantId tenant, Desk.Now now) {
    Map<Asset, Long> available = recalls.outstanding(tenant, now.millis());
    for (Asset asset : Asset.values()) {
      available.merge(asset, now.purses().of(asset).spendable(now.millis()), Math::addExact);
    }
    for (Hold hold : overdue.of(tenant)) {
      long units = hold.funds().takeExpired(now.millis()).rest().total();
      available.merge(hold.asset(), units, Math::addExact);
    }
    return available;
  }

  /** What is promised to somebody whose time to take it is not over. */
  public Map<Asset, Long> held(TenantId tenant) {
    Purses purses = desk.now(tenant).purses();
    Map<Asset, Long> held = new EnumMap<>(Asset.class);
    for (Asset asset : Asset.values()) {
      held.put(asset, purses.of(asset).held());
    }
    for (Hold hold : overdue.of(tenant)) {
      held.merge(hold.asset(), -hold.funds().total(), Math::addExact);
    }
    return held;
  }

  /** Takes what a ledger has given back into the purses; whether there was anything to take. */
  public boolean collect(Committer committer, LedgerId ledger) {
    return recalls.collect(committer, ledger);
  }
}
