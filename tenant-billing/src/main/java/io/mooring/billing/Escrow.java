package io.mooring.billing;

import io.mooring.billing.Moved.Declined;
import io.mooring.billing.Moved.Done;
import io.mooring.billing.Posting.Kind;
import java.util.List;

/**
 * What one spender (a ledger, or a ledger and a key or device with a cap of its own) may still
 * spend of one asset. It travels in the spender's commit records: the charge and what it is for are
 * one write, and a deposit counts in the one commit that consumes it.
 *
 * @param lastDeposit the number of the last deposit consumed; 0 before the first
 */
public record Escrow(String spender, Asset asset, Funds funds, long lastDeposit) {
  public static Escrow empty(String spender, Asset asset) {
    return new Escrow(spender, asset, Funds.NONE, 0);
  }

  public boolean expects(Deposit deposit) {
    return deposit.spender().equals(spender)
        && deposit.asset() == asset
        && deposit.number() == lastDeposit + 1;
  }

  /** Adds the next deposit. One that was consumed before, or is early, is a mistake. */
  public Escrow consume(Deposit deposit) {
    if (!expects(deposit)) {
      throw new IllegalArgumentException(
          spender + " has consumed " + lastDeposit + " and cannot consume " + deposit);
    }
    return new Escrow(spender, asset, funds.plus(deposit.funds()), deposit.number());
  }

  /** Pays all of the charges, or none. */
  public Moved<Escrow> charge(String cause, List<Charge> charges, long nowMillis) {
    long units = charges.stream().mapToLong(Charge::units).reduce(0, Math::addExact);
    long spendable = funds.takeExpired(nowMillis).rest().total();
    if (units > spendable) {
      return new Declined<>(Decline.INSUFFICIENT_CREDIT, units - spendable);
    }

    Funds.Split lapse = funds.takeExpired(nowMillis);
    Postings postings =
        new Postings(asset, cause, spender)
            .move(Kind.GRANT_EXPIRY, account(), Account.PROMOTION, lapse.taken().total())
            .move(Kind.CHARGE, account(), Account.revenue(spender), units);
    Funds left = lapse.rest().take(units).rest();
    return new Done<>(new Escrow(spender, asset, left, lastDeposit), postings.list());
  }

  /** Empties it for the purse to take back: a closed ledger, or far more than is used. */
  public Emptied release() {
    return new Emptied(new Escrow(spender, asset, Funds.NONE, lastDeposit), funds);
  }

  /** An escrow without funds, and the funds. */
  public record Emptied(Escrow escrow, Funds funds) {}

  private Account account() {
    return Account.escrow(spender);
  }
}
