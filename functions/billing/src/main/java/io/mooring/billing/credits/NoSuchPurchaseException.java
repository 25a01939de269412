package io.mooring.billing.credits;

/** Something was to be done about a purchase that nobody made. */
public final class NoSuchPurchaseException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NoSuchPurchaseException(String id) {
    super("there is no purchase " + id, null, false, false);
  }
}
