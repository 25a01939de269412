package io.mooring.platform.commit;

import io.mooring.billing.Asset;
import io.mooring.billing.Deposit;
import io.mooring.billing.Escrow;
import io.mooring.billing.Funds;
import io.mooring.billing.PriceList;
import io.mooring.platform.LedgerId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Prices the writes of a group and charges them to the ledger's escrows, each alone: what the
 * escrows and the deposits that wait do not cover is set aside, and the others go on.
 */
final class Till {
  private final LedgerId ledger;
  private final @Nullable Funding funding;

  Till(LedgerId ledger, @Nullable Funding funding) {
    this.ledger = ledger;
    this.funding = funding;
  }

  /**
   * A write that is not covered: what it would cost of the asset that it lacks first, and what the
   * escrow that is to pay still has.
   *
   * @param counted the last deposit that was found and counted
   * @param consumed the last deposit that a commit has consumed
   */
  record Lacking(
      Ticket ticket,
      String spender,
      Asset asset,
      long units,
      long spendable,
      long counted,
      long consumed) {
    long missing() {
      return units - spendable;
    }
  }

  /**
   * How a group was priced.
   *
   * @param covered those that are paid for, in their order, with {@code costs} beside them
   * @param bill what the commit that carries them says
   * @param idle releases of escrows that hold nothing, or that somebody waits for
   */
  record Priced(
      List<Ticket> covered,
      List<Cost> costs,
      Bill bill,
      List<Lacking> lacking,
      List<Ticket> idle) {}

  /**
   * Prices for commit {@code number} at {@code millis}; {@code awaited} while funds are on order.
   */
  Priced price(Bill last, List<Ticket> group, long number, long millis, boolean awaited) {
    Funding funding = this.funding;
    if (funding == null || group.stream().noneMatch(ticket -> concerns(ticket, last))) {
      List<Cost> costs = Collections.nCopies(group.size(), Cost.NONE);
      return new Priced(group, costs, last.carried(), List.of(), List.of());
    }
    return new Pricing(funding, last, number, millis).price(group, awaited);
  }

  private static boolean concerns(Ticket ticket, Bill last) {
    Prepared write = ticket.write();
    return !write.attempt().cost().isNone()
        || write.releases()
        || write.closing() && !last.escrows().isEmpty();
  }

  /** The escrows while one group is priced. */
  private final class Pricing {
    private final Funding funding;
    private final Bill last;
    private final long number;
    private final long millis;
    private final Map<Drawer.Name, Drawer> drawers = new HashMap<>();

    /** By what they were before: the writes of a group are much alike. */
    private final Map<Cost, Cost> priced = new HashMap<>();

    private @Nullable PriceList prices;

    Pricing(Funding funding, Bill last, long number, long millis) {
      this.funding = funding;
      this.last = last;
      this.number = number;
      this.millis = millis;
      for (EscrowChange escrow : last.escrows()) {
        drawers.put(new Drawer.Name(escrow.spender(), escrow.asset()), new Drawer(escrow, millis));
      }
    }

    Priced price(List<Ticket> group, boolean awaited) {
      List<Ticket> covered = new ArrayList<>(group.size());
      List<Cost> costs = new ArrayList<>(group.size());
      List<Lacking> lacking = new ArrayList<>();
      List<Ticket> releases = new ArrayList<>();
      boolean closing = false;
      for (Ticket ticket : group) {
        if (ticket.write().releases()) {
          releases.add(ticket);
          continue;
        }
        Cost cost = priced(ticket.write().attempt().cost());
        Optional<Lacking> lack = lacks(ticket, cost);
        if (lack.isPresent()) {
          lacking.add(lack.get());
        } else {
          pay(cost);
          covered.add(ticket);
          costs.add(cost);
          closing |= ticket.write().closing();
        }
      }

      boolean releasing = !releases.isEmpty() && !awaited && lacking.isEmpty();
      if (releasing) {
        // A deposit that was too little for the write that it was made for may be the first.
        for (Asset asset : Asset.values()) {
          drawer(new Drawer.Name(EscrowChange.SHARED, asset));
        }
      }
      if (closing || releasing) {
        for (Drawer drawer : drawers.values()) {
          while (consumeNext(drawer)) {}
        }
      }
      boolean held = drawers.values().stream().anyMatch(drawer -> drawer.spendable() > 0);
      boolean released = releasing && held;
      if (released) {
        covered.addAll(releases);
        releases.forEach(release -> costs.add(Cost.NONE));
      }
      boolean used = costs.stream().anyMatch(cost -> !cost.isNone());
      Bill bill = bill(used, closing || released);
      return new Priced(covered, costs, bill, lacking, released ? List.of() : releases);
    }

    private Cost priced(Cost asked) {
      return asked.isNone() ? asked : priced.computeIfAbsent(asked, this::at);
    }

    private Cost at(Cost asked) {
      PriceList list = prices();
      return new Cost(
          funding.spender(ledger, asked.spender()),
          asked.parts().stream().map(part -> part.at(list.of(part.meter()))).toList());
    }

    private PriceList prices() {
      PriceList known = prices;
      if (known == null) {
        known = funding.prices(ledger.tenant(), millis);
        prices = known;
      }
      return known;
    }

    private Optional<Lacking> lacks(Ticket ticket, Cost cost) {
      for (Asset asset : Asset.values()) {
        long units = cost.of(asset);
        if (units > 0) {
          Drawer drawer = drawer(new Drawer.Name(cost.spender(), asset));
          while (drawer.spendable() < units && consumeNext(drawer)) {}
          if (drawer.spendable() < units) {
            return Optional.of(
                new Lacking(
                    ticket,
                    cost.spender(),
                    asset,
                    units,
                    drawer.spendable(),
                    drawer.escrow.lastDeposit(),
                    drawer.last.after().lastDeposit()));
          }
        }
      }
      return Optional.empty();
    }

    private void pay(Cost cost) {
      for (Asset asset : Asset.values()) {
        long units = cost.of(asset);
        if (units > 0) {
          drawer(new Drawer.Name(cost.spender(), asset)).charge(units);
        }
      }
    }

    private boolean consumeNext(Drawer drawer) {
      boolean full = last.escrows().size() >= Bill.ESCROWS_MAX;
      if (drawer.exhausted || full && drawer.isNew()) {
        return false;
      }
      Escrow escrow = drawer.escrow;
      Optional<Deposit> next =
          funding.deposit(ledger, escrow.spender(), escrow.asset(), escrow.lastDeposit() + 1);
      next.ifPresent(drawer::consume);
      drawer.exhausted = next.isEmpty();
      return next.isPresent();
    }

    private Drawer drawer(Drawer.Name name) {
      return drawers.computeIfAbsent(
          name, absent -> new Drawer(EscrowChange.first(name.spender, name.asset), millis));
    }

    private Bill bill(boolean used, boolean returning) {
      List<EscrowChange> escrows = new ArrayList<>();
      drawers.forEach(
          (name, drawer) -> {
            boolean known = last.escrow(name.spender, name.asset).isPresent();
            if (known || drawer.isTouched()) {
              escrows.add(drawer.close(returning, number));
            }
          });
      return new Bill(used ? prices().version() : "", escrows);
    }
  }

  /** One escrow while a group is priced. */
  private static final class Drawer {
    /** Whose escrow of which asset. */
    record Name(String spender, Asset asset) {}

    private final EscrowChange last;
    private final long millis;
    private Escrow escrow;
    private long unlapsed;
    private long deposited;
    private long charged;
    private boolean exhausted;

    Drawer(EscrowChange last, long millis) {
      this.last = last;
      this.millis = millis;
      this.escrow = last.after();
      this.unlapsed = unlapsed();
    }

    /** Asked for with every write, so that what has lapsed is not looked for each time. */
    long spendable() {
      return unlapsed - charged;
    }

    private long unlapsed() {
      return escrow.funds().takeExpired(millis).rest().total();
    }

    void charge(long units) {
      charged = Math.addExact(charged, units);
    }

    void consume(Deposit deposit) {
      escrow = escrow.consume(deposit);
      unlapsed = unlapsed();
      deposited = Math.addExact(deposited, deposit.funds().total());
    }

    boolean isNew() {
      return last.after().lastDeposit() == 0;
    }

    boolean isTouched() {
      return deposited > 0 || charged > 0;
    }

    /** As commit {@code number} leaves it. */
    EscrowChange close(boolean returning, long number) {
      if (!isTouched() && !returning) {
        return last.carried();
      }
      Funds.Split lapse = escrow.funds().takeExpired(millis);
      Funds left = lapse.rest().take(charged).rest();
      long lapsed = lapse.taken().total();
      Funds returned = returning ? left : Funds.NONE;
      Funds after = returning ? Funds.NONE : left;
      return new EscrowChange(
          last.after().funds().total(),
          deposited,
          lapsed,
          charged,
          returned,
          new Escrow(escrow.spender(), escrow.asset(), after, escrow.lastDeposit()),
          Math.addExact(last.spentEver(), charged),
          Math.addExact(last.lapsedEver(), lapsed),
          returned.total() > 0 ? number : last.returnedAt());
    }
  }
}
