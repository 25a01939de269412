package io.mooring.billing.credits;

import io.mooring.billing.Asset;
import io.mooring.billing.Funds;
import io.mooring.billing.Moved;
import io.mooring.platform.LedgerId;
import io.mooring.platform.TenantId;
import io.mooring.platform.commit.Bill;
import io.mooring.platform.commit.Commit;
import io.mooring.platform.commit.Commits;
import io.mooring.platform.commit.Committer;
import io.mooring.platform.commit.Effect;
import io.mooring.platform.commit.EscrowChange;
import io.mooring.platform.table.Item;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Moves credit from escrows back to the purses of tenants: what a ledger gives back is one commit
 * of the ledger, and is collected by one of the journal.
 */
final class Recalls {
  private final Spenders spenders;
  private final Commits commits;
  private final Returns returns;
  private final Desk desk;
  private final Caps caps;

  Recalls(Spenders spenders, Commits commits, Desk desk, Caps caps) {
    this.spenders = spenders;
    this.commits = commits;
    this.returns = new Returns(commits);
    this.desk = desk;
    this.caps = caps;
  }

  /**
   * Calls back what lies idle in the tenant's ledgers, but for the one that needs it; whether there
   * was anything.
   */
  boolean recall(Committer committer, TenantId tenant, Optional<LedgerId> poor, Duration patience) {
    boolean any = false;
    for (LedgerId ledger : spenders.ledgers(tenant)) {
      if (!poor.equals(Optional.of(ledger)) && idle(ledger)) {
        committer.release(ledger, patience);
      }
      any |= collect(committer, ledger);
    }
    return any;
  }

  /** Whether it holds credit, or a deposit waits there, perhaps too little for what it was for. */
  private boolean idle(LedgerId ledger) {
    Bill bill = bill(ledger);
    return bill.escrows().stream().anyMatch(escrow -> escrow.after().funds().total() > 0)
        || spenders.of(ledger).stream()
            .anyMatch(
                item -> {
                  Spender.Name name = Spender.Name.of(item.key(), ledger.tenant());
                  return Spender.of(item).deposits() > consumed(escrow(bill, name));
                });
  }

  /** Takes what a ledger has given back into the purses; whether there was anything to take. */
  boolean collect(Committer committer, LedgerId ledger) {
    boolean any = false;
    Optional<Commit> tip = commits.tip(ledger);
    if (tip.isPresent()) {
      for (Item item : spenders.of(ledger)) {
        any |= collect(committer, ledger.tenant(), tip.get(), item);
      }
    }
    return any;
  }

  private boolean collect(Committer committer, TenantId tenant, Commit tip, Item item) {
    Spender spender = Spender.of(item);
    Spender.Name name = Spender.Name.of(item.key(), tenant);
    Optional<EscrowChange> escrow = escrow(tip.bill(), name);
    Funds given = given(name, escrow, spender);
    // Those that came while the ledger was being closed, which no commit will consume.
    List<Item> late =
        tip.closed()
            ? spenders.deposits(name, consumed(escrow) + 1, spender.deposits())
            : List.of();
    Funds funds = given.plus(Spenders.funds(late));
    if (funds.total() == 0) {
      return false;
    }
    long commit = escrow.map(EscrowChange::returnedAt).orElse(0L);
    Settled<Funds> settled =
        desk.change(
            committer,
            Asked.by(Escrows.PLATFORM),
            tenant,
            now -> collected(now, name, item, commit, funds, late));
    return settled instanceof Settled.Done<Funds>;
  }

  private Moved<Desk.Change<Funds>> collected(
      Desk.Now now, Spender.Name name, Item item, long commit, Funds funds, List<Item> late) {
    Spender spender = Spender.of(item);
    long units = funds.total();
    List<Effect> effects = new ArrayList<>();
    effects.add(Effect.put(item, spender.collected(commit, units, now.millis()).body()));
    late.forEach(deposit -> effects.add(Effect.delete(deposit)));
    for (Item cap : caps.of(name.ledger(), name.key())) {
      CapSheet sheet =
          CapSheet.read(cap)
              .givenBack(
                  name.asset(),
                  period -> spender.ofPeriod(period, units, now.millis()),
                  now.millis());
      effects.add(Effect.put(cap, sheet.body()));
    }
    return now.purses()
        .of(name.asset())
        .takeBack(name.account() + "/" + commit, name.account(), funds, now.millis())
        .map(purse -> new Desk.Change<>(funds, List.of(purse), effects));
  }

  /** What a tenant could spend of each asset beside its purse: in escrows, and on the way. */
  Map<Asset, Long> outstanding(TenantId tenant, long millis) {
    Map<Asset, Long> outstanding = new EnumMap<>(Asset.class);
    Map<LedgerId, Bill> bills = new HashMap<>();
    for (Item item : spenders.of(tenant)) {
      Spender.Name name = Spender.Name.of(item.key(), tenant);
      Optional<EscrowChange> escrow =
          escrow(bills.computeIfAbsent(name.ledger(), this::bill), name);
      // Read after the ledger's tip, so that it knows all that the ledger has consumed.
      Spender spender = Spender.of(spenders.table().get(item.key()));
      Funds funds =
          escrow
              .map(last -> last.after().funds())
              .orElse(Funds.NONE)
              .plus(
                  Spenders.funds(spenders.deposits(name, consumed(escrow) + 1, spender.deposits())))
              .plus(given(name, escrow, spender));
      outstanding.merge(name.asset(), funds.takeExpired(millis).rest().total(), Math::addExact);
    }
    return outstanding;
  }

  /** What the ledger gave back and nobody has collected. */
  private Funds given(Spender.Name name, Optional<EscrowChange> escrow, Spender spender) {
    return escrow
        .filter(last -> last.returnedAt() > spender.collectedAt())
        .map(last -> returns.since(name.ledger(), last, spender.collectedAt()))
        .orElse(Funds.NONE);
  }

  private static Optional<EscrowChange> escrow(Bill bill, Spender.Name name) {
    return bill.escrow(name.key(), name.asset());
  }

  private static long consumed(Optional<EscrowChange> escrow) {
    return escrow.map(last -> last.after().lastDeposit()).orElse(0L);
  }

  private Bill bill(LedgerId ledger) {
    return commits.tip(ledger).map(Commit::bill).orElse(Bill.NONE);
  }
}
