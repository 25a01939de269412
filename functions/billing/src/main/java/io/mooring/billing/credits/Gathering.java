package io.mooring.billing.credits;

import io.mooring.billing.Amount;
import io.mooring.billing.Decline;
import io.mooring.billing.Hold;
import io.mooring.billing.Purchase;
import io.mooring.platform.TenantId;
import io.mooring.platform.commit.Committer;
import java.time.Duration;
import java.util.function.Supplier;

/** Does what needs credit in the purse: where it lies elsewhere, it is brought back first. */
public final class Gathering {
  /** How long a ledger may take to give back what it holds. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Committer committer;
  private final Credits credits;
  private final Escrows escrows;

  Gathering(Committer committer, Credits credits, Escrows escrows) {
    this.committer = committer;
    this.credits = credits;
    this.escrows = escrows;
  }

  public Settled<Hold> hold(
      Asked<Hold> asked, TenantId tenant, String id, Amount amount, long expiresMillis) {
    return gathered(tenant, amount, () -> credits.hold(asked, tenant, id, amount, expiresMillis));
  }

  public Settled<Purchase> refund(
      Asked<Purchase> asked, TenantId tenant, String cause, String purchase, Amount amount) {
    return gathered(
        tenant, amount, () -> credits.refund(asked, tenant, cause, purchase, amount.units()));
  }

  private <T> Settled<T> gathered(TenantId tenant, Amount amount, Supplier<Settled<T>> judged) {
    for (int round = 1; ; round++) {
      Settled<T> settled = judged.get();
      boolean again = isShort(settled) && round < Escrows.ROUNDS_MAX && isThere(tenant, amount);
      if (!again || !escrows.bringBack(committer, tenant, PATIENCE)) {
        return settled;
      }
    }
  }

  private static boolean isShort(Settled<?> settled) {
    return settled instanceof Settled.Declined<?> declined
        && (declined.reason() == Decline.INSUFFICIENT_CREDIT
            || declined.reason() == Decline.CAP_REACHED);
  }

  /** Nothing is called back from ledgers for what they could not cover. */
  private boolean isThere(TenantId tenant, Amount amount) {
    return escrows.available(tenant).getOrDefault(amount.asset(), 0L) >= amount.units();
  }
}
