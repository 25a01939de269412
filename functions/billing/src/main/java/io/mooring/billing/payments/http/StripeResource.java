package io.mooring.billing.payments.http;

import io.mooring.billing.Words;
import io.mooring.billing.payments.Payments;
import io.mooring.billing.payments.StripePayments;
import io.mooring.platform.http.Public;
import io.mooring.platform.http.RawBody;
import io.mooring.platform.http.RequestBody;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Where Stripe tells of payments; it proves itself by a signature over the very bytes. */
@Public
@Path("/v1/payments/stripe")
@RequestScoped
@RunOnVirtualThread
public class StripeResource {
  private final StripePayments stripe;
  private final Payments payments;
  private final RequestBody body;

  StripeResource(StripePayments stripe, Payments payments, RequestBody body) {
    this.stripe = stripe;
    this.payments = payments;
    this.body = body;
  }

  @POST
  @RawBody
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces(MediaType.APPLICATION_JSON)
  public ReceivedJson receive(@HeaderParam("Stripe-Signature") @DefaultValue("") String signature) {
    var event = stripe.read(signature, body.bytes());
    return new ReceivedJson(event.id(), Words.of(payments.receive(stripe, event)));
  }

  /** That an event needs not be sent again, and what it came to. */
  public record ReceivedJson(String event, String ending) {}
}
