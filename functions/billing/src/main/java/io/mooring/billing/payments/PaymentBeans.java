package io.mooring.billing.payments;

import io.mooring.billing.credits.Credits;
import io.mooring.platform.commit.CommitStore;
import io.mooring.platform.commit.Committer;
import io.mooring.platform.secret.Secrets;
import io.mooring.platform.table.Table;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** Puts payments together from the platform's stores. */
final class PaymentBeans {
  PaymentBeans() {}

  @Produces
  @Singleton
  static StripePayments stripe(Secrets secrets, InstantSource clock) {
    return new StripePayments(secrets, clock);
  }

  @Produces
  @Singleton
  static Payments payments(
      Committer committer,
      CommitStore commits,
      Table table,
      Credits credits,
      PaymentsConfig config) {
    var rates = new Rates(config.currency(), config.cpcPerMinorUnit(), config.itcPerMinorUnit());
    return new Payments(committer, commits, table, credits, rates);
  }
}
