package io.mooring.billing.payments;

import com.fasterxml.jackson.databind.JsonNode;
import io.mooring.billing.payments.PaymentEvent.Disputed;
import io.mooring.billing.payments.PaymentEvent.Paid;
import io.mooring.billing.payments.PaymentEvent.Phase;
import io.mooring.billing.payments.PaymentEvent.Refunded;
import io.mooring.billing.payments.PaymentEvent.Unrelated;
import io.mooring.platform.json.JsonTree;
import io.mooring.platform.problem.RefusedException;
import io.mooring.platform.secret.Secrets;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Stripe, by its signed webhooks. A payment is its PaymentIntent; the tenant is the checkout
 * session's {@code client_reference_id} or the metadata's {@code tenant}, and what is bought the
 * metadata's {@code asset}.
 *
 * <p>The endpoint's secrets ({@code whsec_…}) are kept as {@code stripe-webhook} and, while one is
 * being changed for another, {@code stripe-webhook-next}.
 */
public final class StripePayments implements PaymentProvider {
  static final String SECRET = "stripe-webhook";

  private final Secrets secrets;
  private final InstantSource clock;

  public StripePayments(Secrets secrets, InstantSource clock) {
    this.secrets = secrets;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "stripe";
  }

  @Override
  public PaymentEvent read(String signature, byte[] body) {
    List<byte[]> kept =
        secrets.names(SECRET).stream()
            .map(name -> secrets.read(name).orElse(null))
            .filter(Objects::nonNull)
            .toList();
    if (kept.isEmpty()) {
      throw new RefusedException(PaymentRefusal.PAYMENTS_CLOSED, "no secret is kept for Stripe");
    }
    switch (StripeSignature.verify(signature, body, kept, clock.millis())) {
      case GENUINE -> {}
      case UNREADABLE -> throw refused("Stripe-Signature is not t=…,v1=…");
      case FORGED -> throw refused("no signature fits the body");
      case TOO_OLD -> throw refused("it was signed too long ago, or in the future");
    }
    return event(JsonTree.parseStrictly(body));
  }

  private static PaymentEvent event(JsonNode event) {
    String id = text(event, "id");
    String type = text(event, "type");
    JsonNode object = event.path("data").path("object");
    if (!object.isObject()) {
      throw malformed("data.object");
    }
    return switch (type) {
      case "checkout.session.completed", "checkout.session.async_payment_succeeded" ->
          checkout(id, type, object);
      case "payment_intent.succeeded" ->
          new Paid(
              id,
              type,
              text(object, "id"),
              object.path("metadata").path("tenant").asText(),
              object.path("metadata").path("asset").asText(),
              amount(object, "amount_received"),
              currency(object));
      case "charge.refunded" ->
          ofIntent(object)
              ? new Refunded(
                  id, type, text(object, "payment_intent"), amount(object, "amount_refunded"))
              : new Unrelated(id, type);
      case "charge.dispute.created",
          "charge.dispute.funds_withdrawn",
          "charge.dispute.funds_reinstated",
          "charge.dispute.closed" ->
          ofIntent(object) && !isInquiry(object)
              ? new Disputed(
                  id,
                  type,
                  text(object, "payment_intent"),
                  text(object, "id"),
                  amount(object, "amount"),
                  phase(type, object.path("status").asText()))
              : new Unrelated(id, type);
      default -> new Unrelated(id, type);
    };
  }

  /** A session may be completed before its money arrives; another event tells of that. */
  private static PaymentEvent checkout(String id, String type, JsonNode session) {
    return session.path("payment_status").asText().equals("paid") && ofIntent(session)
        ? new Paid(
            id,
            type,
            text(session, "payment_intent"),
            session.path("client_reference_id").asText(),
            session.path("metadata").path("asset").asText(),
            amount(session, "amount_total"),
            currency(session))
        : new Unrelated(id, type);
  }

  private static Phase phase(String type, String status) {
    if (type.equals("charge.dispute.funds_reinstated") || status.equals("won")) {
      return Phase.WON;
    }
    return status.equals("lost") ? Phase.LOST : Phase.OPEN;
  }

  /**
   * A bank may ask before it takes anything; where it takes the money later, the status says so.
   */
  private static boolean isInquiry(JsonNode dispute) {
    return dispute.path("status").asText().startsWith("warning_");
  }

  private static boolean ofIntent(JsonNode object) {
    return object.path("payment_intent").isTextual();
  }

  private static String text(JsonNode object, String member) {
    JsonNode text = object.path(member);
    if (!text.isTextual() || !text.asText().matches("[A-Za-z0-9_.-]{1,255}")) {
      throw malformed(member);
    }
    return text.asText();
  }

  private static long amount(JsonNode object, String member) {
    JsonNode amount = object.path(member);
    if (!amount.isIntegralNumber() || !amount.canConvertToLong() || amount.asLong() < 0) {
      throw malformed(member);
    }
    return amount.asLong();
  }

  private static String currency(JsonNode object) {
    return text(object, "currency").toLowerCase(Locale.ROOT);
  }

  private static RefusedException refused(String why) {
    return new RefusedException(PaymentRefusal.SIGNATURE_REFUSED, why);
  }

  private static RefusedException malformed(String member) {
    return new RefusedException(
        PaymentRefusal.EVENT_MALFORMED, member + " is not as Stripe's events have it");
  }
}
