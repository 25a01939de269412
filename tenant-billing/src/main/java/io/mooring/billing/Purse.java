package io.mooring.billing;

import io.mooring.billing.Moved.Declined;
import io.mooring.billing.Moved.Done;
import io.mooring.billing.Posting.Kind;

/**
 * What one tenant has of one asset: available, held, and owed. It travels in the commit records of
 * the tenant's journal, so an operation is judged against the very balance it changes, and no two
 * operations spend the same unit.
 *
 * @param held the sum of all pending holds
 * @param debt what the tenant owes after refunds and chargebacks that its credits did not cover
 * @param frozen whether nothing may be spent until a person has looked
 */
public record Purse(Asset asset, Funds available, long held, long debt, boolean frozen) {
  public Purse {
    if (held < 0 || debt < 0) {
      throw new IllegalArgumentException("a purse holds nothing negative: " + held + ", " + debt);
    }
  }

  public static Purse empty(Asset asset) {
    return new Purse(asset, Funds.NONE, 0, 0, false);
  }

  /** What could be spent at this moment. */
  public long spendable(long nowMillis) {
    return available.takeExpired(nowMillis).rest().total();
  }

  /** How much may come in, so that what is held still fits when it goes back. */
  private long room() {
    return Amount.UNITS_MAX - Math.addExact(available.total(), held);
  }

  /** Adds what was bought; a debt is paid from it first. */
  public Moved<With<Purchase>> topUp(String id, long units, long nowMillis) {
    if (frozen) {
      return Moved.declined(Decline.FROZEN);
    }
    if (units > room()) {
      return Moved.declined(Decline.BALANCE_TOO_LARGE);
    }

    return bought(Kind.TOP_UP, id, id, units, nowMillis)
        .map(purse -> new With<>(purse, Purchase.of(id, new Amount(asset, units))));
  }

  public Moved<Purse> grant(Grant grant, long nowMillis) {
    if (frozen) {
      return Moved.declined(Decline.FROZEN);
    }
    if (available.grants().size() == Funds.GRANTS_MAX) {
      return Moved.declined(Decline.TOO_MANY_GRANTS);
    }
    if (grant.units() > room()) {
      return Moved.declined(Decline.BALANCE_TOO_LARGE);
    }

    Postings postings =
        new Postings(asset, grant.id(), grant.id())
            .move(Kind.GRANT, Account.PROMOTION, Account.PROMO, grant.units());
    return with(available.plus(Funds.granted(grant)), held, debt).lapsing(postings, nowMillis);
  }

  /** Sets {@code units} aside until the hold's one end. */
  public Moved<With<Hold>> hold(String id, long units, long expiresMillis, long nowMillis) {
    return setAside(Kind.HOLD, id, Account.HELD, units, nowMillis)
        .map(
            aside ->
                new With<>(
                    aside.purse().with(aside.purse().available, Math.addExact(held, units), debt),
                    new Hold(id, asset, aside.other(), expiresMillis, Hold.State.PENDING, 0)));
  }

  /** Moves {@code units} into the escrow of one spender; the deposit is consumed there, once. */
  public Moved<With<Deposit>> deposit(String spender, long number, long units, long nowMillis) {
    return setAside(Kind.DEPOSIT, spender + "/" + number, Account.escrow(spender), units, nowMillis)
        .map(
            aside -> new With<>(aside.purse(), new Deposit(spender, number, asset, aside.other())));
  }

  /** Takes {@code units} of what is held; the rest of the hold goes back. */
  public Moved<With<Hold>> capture(Hold hold, long units, long nowMillis) {
    if (frozen) {
      return Moved.declined(Decline.FROZEN);
    }
    if (hold.state() != Hold.State.PENDING) {
      return Moved.declined(Decline.HOLD_ENDED);
    }
    if (hold.hasExpired(nowMillis)) {
      return Moved.declined(Decline.HOLD_EXPIRED);
    }
    if (units > hold.funds().total()) {
      return new Declined<>(Decline.EXCEEDS_HOLD, units - hold.funds().total());
    }

    return end(hold, units, Hold.State.CAPTURED, nowMillis);
  }

  public Moved<With<Hold>> voided(Hold hold, long nowMillis) {
    if (hold.state() != Hold.State.PENDING) {
      return Moved.declined(Decline.HOLD_ENDED);
    }
    if (hold.hasExpired(nowMillis)) {
      return Moved.declined(Decline.HOLD_EXPIRED);
    }

    return end(hold, 0, Hold.State.VOIDED, nowMillis);
  }

  /** Ends a hold whose time is over. */
  public Moved<With<Hold>> expired(Hold hold, long nowMillis) {
    if (!hold.hasExpired(nowMillis)) {
      throw new IllegalArgumentException("hold " + hold.id() + " has not expired");
    }
    if (hold.state() != Hold.State.PENDING) {
      return Moved.declined(Decline.HOLD_ENDED);
    }

    return end(hold, 0, Hold.State.EXPIRED, nowMillis);
  }

  /** Takes back what an escrow does not need any more. */
  public Moved<Purse> takeBack(String cause, String spender, Funds funds, long nowMillis) {
    Postings postings =
        new Postings(asset, cause, spender).giveBack(Kind.RETURN, Account.escrow(spender), funds);
    return with(available.plus(funds), held, debt).lapsing(postings, nowMillis);
  }

  /** Pays for a purchase back, as far as it is open and not spent. */
  public Moved<With<Purchase>> refund(String cause, Purchase purchase, long units, long nowMillis) {
    if (frozen) {
      return Moved.declined(Decline.FROZEN);
    }
    if (units > purchase.open()) {
      return new Declined<>(Decline.EXCEEDS_PURCHASE, units - purchase.open());
    }
    if (units > available.bought()) {
      return new Declined<>(Decline.INSUFFICIENT_CREDIT, units - available.bought());
    }

    return payBack(Kind.REFUND, cause, purchase, units, nowMillis);
  }

  /**
   * The buyer's bank took the money for a purchase back. Nobody can decline that: what the bought
   * credits do not cover becomes a debt, and a frozen purse takes it too.
   */
  public Moved<With<Purchase>> chargeback(
      String cause, Purchase purchase, long units, long nowMillis) {
    return lost(Kind.CHARGEBACK, cause, purchase, units, nowMillis);
  }

  /** As {@link #chargeback}, for money that was paid back before anybody asked here. */
  public Moved<With<Purchase>> refunded(
      String cause, Purchase purchase, long units, long nowMillis) {
    return lost(Kind.REFUND, cause, purchase, units, nowMillis);
  }

  /** What was charged back was not after all: it is as if it were bought again. */
  public Moved<With<Purchase>> reinstate(
      String cause, Purchase purchase, long units, long nowMillis) {
    if (frozen) {
      return Moved.declined(Decline.FROZEN);
    }
    if (units > purchase.returned()) {
      return new Declined<>(Decline.EXCEEDS_PURCHASE, units - purchase.returned());
    }
    if (units > room()) {
      return Moved.declined(Decline.BALANCE_TOO_LARGE);
    }

    return bought(Kind.REINSTATEMENT, cause, purchase.id(), units, nowMillis)
        .map(purse -> new With<>(purse, purchase.less(-units)));
  }

  /** Stops whatever spends, or lets it go on. */
  public Purse freeze(boolean frozen) {
    return new Purse(asset, available, held, debt, frozen);
  }

  private Moved<With<Funds>> setAside(
      Kind kind, String cause, Account to, long units, long nowMillis) {
    if (frozen) {
      return Moved.declined(Decline.FROZEN);
    }
    long spendable = spendable(nowMillis);
    if (units > spendable) {
      return new Declined<>(Decline.INSUFFICIENT_CREDIT, units - spendable);
    }

    Funds.Split lapse = available.takeExpired(nowMillis);
    Funds.Split split = lapse.rest().take(units);
    Postings postings =
        new Postings(asset, cause, cause).lapse(lapse.taken()).setAside(kind, split.taken(), to);
    return new Done<>(new With<>(with(split.rest(), held, debt), split.taken()), postings.list());
  }

  private Moved<With<Hold>> end(Hold hold, long captured, Hold.State state, long nowMillis) {
    Funds.Split split = hold.funds().take(captured);
    Postings postings =
        new Postings(asset, hold.id(), hold.id())
            .move(Kind.CAPTURE, Account.HELD, Account.revenue(hold.id()), captured)
            .giveBack(Kind.RELEASE, Account.HELD, split.rest());
    return with(available.plus(split.rest()), held - hold.funds().total(), debt)
        .lapsing(postings, nowMillis)
        .map(purse -> new With<>(purse, hold.ended(state, captured)));
  }

  private Moved<Purse> bought(
      Kind kind, String cause, String purchase, long units, long nowMillis) {
    long paid = Math.min(units, debt);
    Purse next = with(available.plus(Funds.bought(units - paid)), held, debt - paid);
    Postings postings =
        new Postings(asset, cause, purchase)
            .move(kind, Account.PURCHASE, Account.PREPAID, units)
            .move(Kind.DEBT_PAYMENT, Account.PREPAID, Account.RECEIVABLE, paid);
    return next.lapsing(postings, nowMillis);
  }

  private Moved<With<Purchase>> lost(
      Kind kind, String cause, Purchase purchase, long units, long nowMillis) {
    if (units > purchase.open()) {
      return new Declined<>(Decline.EXCEEDS_PURCHASE, units - purchase.open());
    }

    return payBack(kind, cause, purchase, units, nowMillis);
  }

  private Moved<With<Purchase>> payBack(
      Kind kind, String cause, Purchase purchase, long units, long nowMillis) {
    long covered = Math.min(units, available.bought());
    long owed = units - covered;
    Postings postings =
        new Postings(asset, cause, purchase.id())
            .move(kind, Account.PREPAID, Account.PURCHASE, covered)
            .move(kind, Account.RECEIVABLE, Account.PURCHASE, owed);
    Funds left = new Funds(available.bought() - covered, available.grants());
    return with(left, held, Math.addExact(debt, owed))
        .lapsing(postings, nowMillis)
        .map(purse -> new With<>(purse, purchase.less(units)));
  }

  /** Ends an operation: whatever has lapsed by now goes, whoever looks first. */
  private Moved<Purse> lapsing(Postings postings, long nowMillis) {
    Funds.Split lapse = available.takeExpired(nowMillis);
    return new Done<>(with(lapse.rest(), held, debt), postings.lapse(lapse.taken()).list());
  }

  private Purse with(Funds available, long held, long debt) {
    return new Purse(asset, available, held, debt, frozen);
  }
}
