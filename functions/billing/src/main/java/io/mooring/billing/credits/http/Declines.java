package io.mooring.billing.credits.http;

import io.mooring.billing.Amount;
import io.mooring.billing.Decline;
import io.mooring.billing.Funds;
import io.mooring.billing.credits.BillingRefusal;
import io.mooring.billing.credits.Settled;
import io.mooring.platform.problem.PlatformRefusal;
import io.mooring.platform.problem.Refusal;
import io.mooring.platform.problem.RefusedException;

/** What a client is told where the arithmetic of credits declines what it asks for. */
final class Declines {
  private Declines() {}

  static RefusedException refused(Settled.Declined<?> declined) {
    return new RefusedException(refusal(declined.reason()), detail(declined));
  }

  static Refusal refusal(Decline reason) {
    return switch (reason) {
      case FROZEN -> PlatformRefusal.CREDIT_FROZEN;
      case HOLD_ENDED -> BillingRefusal.HOLD_ENDED;
      case HOLD_EXPIRED -> BillingRefusal.HOLD_EXPIRED;
      case EXCEEDS_HOLD -> BillingRefusal.HOLD_EXCEEDED;
      case EXCEEDS_PURCHASE -> BillingRefusal.PURCHASE_EXCEEDED;
      case TOO_MANY_GRANTS -> BillingRefusal.TOO_MANY_GRANTS;
      case BALANCE_TOO_LARGE -> BillingRefusal.BALANCE_TOO_LARGE;
      case CAP_REACHED -> PlatformRefusal.CAP_REACHED;
      case INSUFFICIENT_CREDIT -> PlatformRefusal.INSUFFICIENT_CREDIT;
    };
  }

  private static String detail(Settled.Declined<?> declined) {
    return switch (declined.reason()) {
      case FROZEN -> "the tenant's credit is frozen";
      case HOLD_ENDED -> "it was captured or voided, or has expired";
      case HOLD_EXPIRED -> "its time is over";
      case EXCEEDS_HOLD -> declined.missing() + " more than is held";
      case EXCEEDS_PURCHASE -> declined.missing() + " more than is left of that purchase";
      case TOO_MANY_GRANTS -> "a tenant has at most " + Funds.GRANTS_MAX + " grants";
      case BALANCE_TOO_LARGE -> "a balance has at most " + Amount.UNITS_MAX;
      case CAP_REACHED -> "this passes a cap by " + declined.missing();
      case INSUFFICIENT_CREDIT -> "this needs " + declined.missing() + " more";
    };
  }
}
