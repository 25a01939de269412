package io.mooring.billing.payments;

import io.mooring.platform.problem.Refusal;

/** Why an event of a payment provider is refused, in the order in which it is checked. */
public enum PaymentRefusal implements Refusal {
  PAYMENTS_CLOSED(
      "PaymentsClosed",
      403,
      "No payments are taken here",
      false,
      "Keep the endpoint's secret as stripe-webhook."),
  SIGNATURE_REFUSED(
      "SignatureRefused",
      400,
      "The event does not carry a signature of the provider",
      false,
      "Sign the very bytes of the body, and send it at once."),
  EVENT_MALFORMED(
      "EventMalformed",
      400,
      "The event is not in the provider's format",
      false,
      "Set the endpoint to a version of the provider's API that has the member."),
  PAYMENT_WAITS(
      "PaymentWaits",
      503,
      "The payment is known and cannot be applied yet",
      true,
      "Send the event again later; it is applied once.");

  private final Said said;

  PaymentRefusal(String code, int status, String title, boolean retryable, String remedy) {
    this.said = new Said(code, status, title, retryable, remedy);
  }

  @Override
  public Said said() {
    return said;
  }
}
