package io.mooring.billing.credits;

import io.mooring.platform.problem.Refusal;

/** Why a request about credits is refused, in the order in which it is checked. */
public enum BillingRefusal implements Refusal {
  AMOUNT_INVALID(
      "AmountInvalid",
      400,
      "The amount is not a whole number of units",
      "Send a string of plain digits, from 1 to 1000000000000000000."),
  ASSET_UNKNOWN("AssetUnknown", 400, "There is no such asset", "The assets are CPC and ITC."),
  HOLD_ENDED("HoldEnded", 409, "The hold has had its end", "Read it: it says which end that was."),
  HOLD_EXPIRED(
      "HoldExpired", 409, "The hold's time is over", "Make another hold; this one goes back."),
  HOLD_EXCEEDED(
      "HoldExceeded",
      409,
      "More would be captured than is held",
      "Capture no more than the hold's amount."),
  PURCHASE_EXCEEDED(
      "PurchaseExceeded",
      409,
      "More would be taken back than was bought",
      "Ask for no more than is left of that purchase."),
  TOO_MANY_GRANTS(
      "TooManyGrants",
      409,
      "The tenant has as many grants as it can have at once",
      "Wait until one is spent or has lapsed."),
  BALANCE_TOO_LARGE(
      "BalanceTooLarge", 409, "The balance would be larger than a balance can be", "Ask for less.");

  private final Said said;

  BillingRefusal(String code, int status, String title, String remedy) {
    this.said = new Said(code, status, title, false, remedy);
  }

  @Override
  public Said said() {
    return said;
  }
}
