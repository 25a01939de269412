package io.mooring.billing;

/**
 * One amount that moved from one account to another. It never changes; a mistake is mended by
 * another posting.
 *
 * @param cause the operation that posted it; one operation may post several times
 * @param reference what it was for, in the words of the caller: an order, a hold, a statement line
 */
public record Posting(
    String cause, Kind kind, Account from, Account to, Amount amount, String reference) {
  /** Why something moved. */
  public enum Kind {
    TOP_UP,
    GRANT,
    GRANT_EXPIRY,
    HOLD,
    CAPTURE,
    RELEASE,
    DEPOSIT,
    CHARGE,
    RETURN,
    REFUND,
    CHARGEBACK,
    REINSTATEMENT,
    DEBT_PAYMENT
  }

  public Posting {
    if (from.equals(to)) {
      throw new IllegalArgumentException("nothing moves from " + from + " to itself");
    }
  }
}
