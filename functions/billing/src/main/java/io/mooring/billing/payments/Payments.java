package io.mooring.billing.payments;

import io.mooring.billing.Amount;
import io.mooring.billing.Asset;
import io.mooring.billing.Purchase;
import io.mooring.billing.credits.Asked;
import io.mooring.billing.credits.Credits;
import io.mooring.billing.credits.Settled;
import io.mooring.platform.LedgerId;
import io.mooring.platform.TenantId;
import io.mooring.platform.commit.CommitStore;
import io.mooring.platform.commit.Committer;
import io.mooring.platform.commit.Condition;
import io.mooring.platform.commit.Content;
import io.mooring.platform.commit.Effect;
import io.mooring.platform.commit.NewEntry;
import io.mooring.platform.commit.Outcome;
import io.mooring.platform.commit.Write;
import io.mooring.platform.json.JsonTree;
import io.mooring.platform.problem.RefusedException;
import io.mooring.platform.table.Item;
import io.mooring.platform.table.Key;
import io.mooring.platform.table.Table;
import java.util.Optional;

/**
 * Turns what a provider says into credits, in two commits: the operator's journal keeps what is
 * known of the payment, then the tenant's journal is brought to what follows from that. A crash
 * between the two is mended by the provider, which sends an event until it is acknowledged.
 *
 * <pre>
 * pk                sk                        body
 * T#ten_operator#   PAYMENT#stripe#pi_…#      {@link Payment}
 * </pre>
 */
public final class Payments {
  /** How often a step is tried when others change the same payment at the same time. */
  static final int TRIES_MAX = 32;

  private final Committer committer;
  private final CommitStore commits;
  private final Table table;
  private final Credits credits;
  private final Rates rates;

  public Payments(
      Committer committer, CommitStore commits, Table table, Credits credits, Rates rates) {
    this.committer = committer;
    this.commits = commits;
    this.table = table;
    this.credits = credits;
    this.rates = rates;
  }

  /** What an event came to. */
  public enum Ending {
    /** It changes nobody's credits. */
    IGNORED,
    /** The money has not arrived, though something else about it is known. */
    AWAITED,
    /** The money has arrived, and nothing that was said so far tells whose it is, or for what. */
    UNASSIGNED,
    /** The tenant has exactly what follows from all that is known of the payment. */
    APPLIED
  }

  /**
   * Takes in one event, of which nothing is lost once this returns.
   *
   * @throws RefusedException if it is to be sent again
   */
  public Ending receive(PaymentProvider provider, PaymentEvent event) {
    return switch (event) {
      case PaymentEvent.Unrelated unrelated -> Ending.IGNORED;
      case PaymentEvent.OfPayment known -> apply(provider, known, learnt(provider, known));
    };
  }

  private Payment learnt(PaymentProvider provider, PaymentEvent.OfPayment event) {
    Key key = key(provider, event);
    for (int tries = 1; tries <= TRIES_MAX; tries++) {
      Item item = table.get(key);
      Payment before = item.exists() ? Payment.of(item.body()) : Payment.unheardOf(event.payment());
      Payment after = before.with(event, rates);
      if (after.disputes().size() > Payment.DISPUTES_MAX) {
        throw new RefusedException(PaymentRefusal.EVENT_MALFORMED, "too many disputes");
      }
      if (after.equals(before)) {
        return after;
      }
      Outcome outcome = committer.commit(write(provider, event, after, item));
      if (outcome instanceof Outcome.Won) {
        return after;
      }
      if (!(outcome instanceof Outcome.EffectRefused)) {
        throw waits("what is known of it could not be kept");
      }
    }
    throw waits("others tell of it at the same time");
  }

  private static Write write(
      PaymentProvider provider, PaymentEvent.OfPayment event, Payment after, Item item) {
    var said =
        JsonTree.object()
            .put("provider", provider.name())
            .put("event", event.id())
            .put("type", event.type())
            .set("payment", after.json());
    return Write.to(LedgerId.journal(TenantId.OPERATOR))
        .by(provider.name())
        .entry(NewEntry.of("payment.told", after.id(), Content.json(JsonTree.text(said))))
        .effect(
            new Effect.Put(
                item.key(), JsonTree.bytes(after.json()), new Condition.AtVersion(item.version())));
  }

  /**
   * Brings the tenant's credits to what follows from the payment, and looks again after each step:
   * whoever acts last has seen the newest of what is known.
   */
  private Ending apply(PaymentProvider provider, PaymentEvent.OfPayment event, Payment learnt) {
    if (!learnt.isPaid()) {
      return Ending.AWAITED;
    }
    Optional<TenantId> buyer = learnt.buyer().filter(this::isThere);
    if (buyer.isEmpty()) {
      return Ending.UNASSIGNED;
    }
    TenantId tenant = buyer.get();
    String id = provider.name() + "_" + learnt.id();
    Asked<Purchase> asked = Asked.by(provider.name());
    for (int tries = 1; tries <= TRIES_MAX; tries++) {
      Optional<Purchase> purchase = credits.purchase(tenant, id);
      // Read after the purchase, so that it is not older than what the purchase follows from.
      Payment payment = Payment.of(table.get(key(provider, event)).body());
      long returned = payment.unitsReturned();
      if (purchase.isPresent() && purchase.get().returned() == returned) {
        return Ending.APPLIED;
      }
      boolean disputed = event instanceof PaymentEvent.Disputed;
      Amount bought = new Amount(Asset.valueOf(payment.asset()), payment.units());
      require(
          purchase.isPresent()
              ? credits.paidBack(asked, tenant, event.id(), id, returned, disputed)
              : credits.topUp(asked, tenant, id, bought));
    }
    throw waits("others change the same credits at the same time");
  }

  private static void require(Settled<Purchase> settled) {
    switch (settled) {
      case Settled.Done<Purchase> done -> {}
      case Settled.Declined<Purchase> declined ->
          throw waits("it is declined: " + declined.reason());
      case Settled.Unchanged<Purchase> unchanged -> {
        // Somebody else was first, which the next look shows.
        if (!(unchanged.outcome() instanceof Outcome.EffectRefused)) {
          throw waits("it is not known whether it was applied");
        }
      }
    }
  }

  private boolean isThere(TenantId tenant) {
    return commits.tip(LedgerId.journal(tenant)).isPresent();
  }

  private static Key key(PaymentProvider provider, PaymentEvent.OfPayment event) {
    return Key.of(TenantId.OPERATOR, "PAYMENT", provider.name(), event.payment());
  }

  private static RefusedException waits(String why) {
    return new RefusedException(PaymentRefusal.PAYMENT_WAITS, why);
  }
}
