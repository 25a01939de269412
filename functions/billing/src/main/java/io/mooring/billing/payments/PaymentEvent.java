package io.mooring.billing.payments;

/**
 * What a payment provider says has happened. Amounts of money are whole minor units of the
 * payment's currency, and sums since the payment was made, so that events may come twice and in any
 * order.
 */
public sealed interface PaymentEvent {
  /** The provider's name for the event. */
  String id();

  /** The provider's own word for what happened. */
  String type();

  /** An event about one payment. */
  sealed interface OfPayment extends PaymentEvent {
    String payment();
  }

  /**
   * Money arrived.
   *
   * @param tenant who bought, as the provider was told when the payment was set up; may be empty
   * @param asset what was bought; may be empty
   */
  record Paid(
      String id,
      String type,
      String payment,
      String tenant,
      String asset,
      long minorUnits,
      String currency)
      implements OfPayment {}

  /** So much was paid back to the buyer so far. */
  record Refunded(String id, String type, String payment, long minorUnits) implements OfPayment {}

  /** The buyer's bank wants so much back; the money is withheld until the dispute is decided. */
  record Disputed(
      String id, String type, String payment, String dispute, long minorUnits, Phase phase)
      implements OfPayment {}

  /** Where a dispute stands; later phases win over earlier ones, whenever they are heard of. */
  enum Phase {
    OPEN,
    LOST,
    WON
  }

  /** Something that changes nobody's credits. */
  record Unrelated(String id, String type) implements PaymentEvent {}
}
