package io.mooring.billing.credits;

import io.mooring.billing.Amount;
import io.mooring.billing.Decline;
import io.mooring.billing.Hold;
import io.mooring.platform.TenantId;
import io.mooring.platform.commit.Committer;
import java.time.Duration;

/** Sets credit of a tenant aside, wherever it lies: what is not in the purse is brought back. */
public final class Holding {
  /** How long a ledger may take to give back what it holds. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Committer committer;
  private final Credits credits;
  private final Escrows escrows;

  Holding(Committer committer, Credits credits, Escrows escrows) {
    this.committer = committer;
    this.credits = credits;
    this.escrows = escrows;
  }

  public Settled<Hold> hold(
      Asked<Hold> asked, TenantId tenant, String id, Amount amount, long expiresMillis) {
    for (int round = 1; ; round++) {
      Settled<Hold> settled = credits.hold(asked, tenant, id, amount, expiresMillis);
      boolean again = isShort(settled) && round < Escrows.ROUNDS_MAX && isThere(tenant, amount);
      if (!again || !escrows.bringBack(committer, tenant, PATIENCE)) {
        return settled;
      }
    }
  }

  private static boolean isShort(Settled<Hold> settled) {
    return settled instanceof Settled.Declined<Hold>(Decline reason, long missing)
        && (reason == Decline.INSUFFICIENT_CREDIT || reason == Decline.CAP_REACHED);
  }

  /** Nothing is called back from ledgers for what they could not cover. */
  private boolean isThere(TenantId tenant, Amount amount) {
    return escrows.available(tenant).getOrDefault(amount.asset(), 0L) >= amount.units();
  }
}
