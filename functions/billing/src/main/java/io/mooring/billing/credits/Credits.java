package io.mooring.billing.credits;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mooring.billing.Amount;
import io.mooring.billing.Asset;
import io.mooring.billing.Grant;
import io.mooring.billing.Moved;
import io.mooring.billing.Purchase;
import io.mooring.billing.Purse;
import io.mooring.billing.With;
import io.mooring.platform.LedgerId;
import io.mooring.platform.TenantId;
import io.mooring.platform.commit.Committer;
import io.mooring.platform.commit.Condition;
import io.mooring.platform.commit.Content;
import io.mooring.platform.commit.Effect;
import io.mooring.platform.commit.NewEntry;
import io.mooring.platform.commit.Outcome;
import io.mooring.platform.commit.Write;
import io.mooring.platform.json.JsonTree;
import io.mooring.platform.table.Item;
import io.mooring.platform.table.Key;
import io.mooring.platform.table.Table;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * The credits of all tenants. Each change is one commit of the tenant's journal: an entry that says
 * what was posted, and the purses as they are after it.
 *
 * <pre>
 * pk            sk                              body (JSON)
 * T#ten_acme#   PURSE#                          {@link Purses}
 * T#ten_acme#   PURCHASE#pur_1#                 asset, units, returned
 * T#ten_acme#   POSTED#…(2^63-1 - change)#      time, cause and postings of one change, newest first
 * </pre>
 */
public final class Credits {
  /** How often a change is tried when others change the same purses at the same time. */
  static final int TRIES_MAX = 32;

  private final Committer committer;
  private final Table table;
  private final InstantSource clock;

  public Credits(Committer committer, Table table, InstantSource clock) {
    this.committer = committer;
    this.table = table;
    this.clock = clock;
  }

  public Purses purses(TenantId tenant) {
    return Purses.of(table.get(Purses.key(tenant)));
  }

  /** Adds what was bought. A purchase is named once and for good. */
  public Settled<Purchase> topUp(Asked<Purchase> asked, TenantId tenant, String id, Amount amount) {
    return change(
        asked,
        tenant,
        now ->
            now.purses()
                .of(amount.asset())
                .topUp(id, amount.units(), now.millis())
                .map(made -> purchased(tenant, made, new Condition.Absent())));
  }

  /** Gives credits that lapse. */
  public Settled<Grant> grant(Asked<Grant> asked, TenantId tenant, Asset asset, Grant grant) {
    return change(
        asked,
        tenant,
        now ->
            now.purses()
                .of(asset)
                .grant(grant, now.millis())
                .map(purse -> new Change<>(grant, List.of(purse), List.of())));
  }

  /** Pays for a purchase back, as far as it is open and not spent. */
  public Settled<Purchase> refund(
      Asked<Purchase> asked, TenantId tenant, String cause, String purchase, long units) {
    return payBack(
        asked,
        tenant,
        purchase,
        (now, bought) ->
            now.purses().of(bought.asset()).refund(cause, bought, units, now.millis()));
  }

  /** The buyer's bank took money back: what is not there any more becomes a debt. */
  public Settled<Purchase> chargeback(
      Asked<Purchase> asked, TenantId tenant, String cause, String purchase, long units) {
    return payBack(
        asked,
        tenant,
        purchase,
        (now, bought) ->
            now.purses().of(bought.asset()).chargeback(cause, bought, units, now.millis()));
  }

  public Optional<Purchase> purchase(TenantId tenant, String id) {
    Item item = table.get(purchaseKey(tenant, id));
    return item.exists() ? Optional.of(PurchaseJson.read(item)) : Optional.empty();
  }

  /**
   * Brings what was paid back of a purchase to {@code units}, up or down, however much it was: told
   * twice, it happens once. What is lost and not there any more becomes a debt.
   *
   * @param disputed whether the buyer's bank took it, and not the operator gave it
   */
  public Settled<Purchase> paidBack(
      Asked<Purchase> asked,
      TenantId tenant,
      String cause,
      String purchase,
      long units,
      boolean disputed) {
    return payBack(
        asked,
        tenant,
        purchase,
        (now, bought) -> {
          Purse purse = now.purses().of(bought.asset());
          long more = units - bought.returned();
          if (more < 0) {
            return purse.reinstate(cause, bought, -more, now.millis());
          }
          return disputed
              ? purse.chargeback(cause, bought, more, now.millis())
              : purse.refunded(cause, bought, more, now.millis());
        });
  }

  /** Stops whatever spends, or lets it go on; {@code why} is kept in the journal. */
  public Settled<Purse> freeze(
      Asked<Purse> asked, TenantId tenant, Asset asset, boolean frozen, String why) {
    return change(
        asked,
        tenant,
        now -> {
          Purse purse = now.purses().of(asset).freeze(frozen);
          return new Moved.Done<>(new Change<>(purse, List.of(purse), List.of(), why), List.of());
        });
  }

  private Settled<Purchase> payBack(
      Asked<Purchase> asked,
      TenantId tenant,
      String purchase,
      BiFunction<Now, Purchase, Moved<With<Purchase>>> operation) {
    return change(
        asked,
        tenant,
        now -> {
          Item item = table.get(purchaseKey(tenant, purchase));
          if (!item.exists()) {
            throw new NoSuchPurchaseException(purchase);
          }
          return operation
              .apply(now, PurchaseJson.read(item))
              .map(made -> purchased(tenant, made, new Condition.AtVersion(item.version())));
        });
  }

  /** The purses as they are, and the moment. */
  record Now(Purses purses, long millis) {}

  /** What a change makes: purses and effects beside them. */
  record Change<T>(T made, List<Purse> purses, List<Effect> effects, String remark) {
    Change(T made, List<Purse> purses, List<Effect> effects) {
      this(made, purses, effects, "");
    }
  }

  /** Judges the change against the purses as they are, and again whenever they have changed. */
  <T> Settled<T> change(
      Asked<T> asked, TenantId tenant, Function<Now, Moved<Change<T>>> operation) {
    for (int tries = 1; ; tries++) {
      Item item = table.get(Purses.key(tenant));
      Now now = new Now(Purses.of(item), clock.millis());
      switch (operation.apply(now)) {
        case Moved.Declined<Change<T>> declined -> {
          return new Settled.Declined<>(declined.reason(), declined.missing());
        }
        case Moved.Done<Change<T>> done -> {
          Write write = write(asked, tenant, now, item, done);
          Outcome outcome = committer.commit(write);
          if (outcome instanceof Outcome.Won won) {
            return new Settled.Done<>(done.state().made(), done.postings(), won.receipt());
          }
          if (!isOvertaken(outcome, item) || tries == TRIES_MAX) {
            return new Settled.Unchanged<>(outcome);
          }
        }
      }
    }
  }

  /** Whether somebody else changed the purses since they were read. */
  private static boolean isOvertaken(Outcome outcome, Item purses) {
    return outcome instanceof Outcome.EffectRefused refused
        && refused.effect().key().equals(purses.key());
  }

  private static <T> Write write(
      Asked<T> asked, TenantId tenant, Now now, Item item, Moved.Done<Change<T>> done) {
    Change<T> change = done.state();
    Purses after = now.purses().changed(change.purses().toArray(Purse[]::new));
    ObjectNode said =
        PostedJson.write(after.changes(), now.millis(), done.postings(), change.remark());
    Write write =
        Write.to(LedgerId.journal(tenant))
            .by(asked.submitter())
            .entry(NewEntry.of("credits.posted", "", Content.json(JsonTree.text(said))))
            .effect(
                new Effect.Put(item.key(), after.body(), new Condition.AtVersion(item.version())))
            .effect(Effect.create(postedKey(tenant, after.changes()), JsonTree.bytes(said)));
    for (Effect effect : change.effects()) {
      write = write.effect(effect);
    }
    return asked.repeated().apply(write, change.made());
  }

  private static Change<Purchase> purchased(
      TenantId tenant, With<Purchase> made, Condition condition) {
    Purchase purchase = made.other();
    return new Change<>(
        purchase,
        List.of(made.purse()),
        List.of(
            new Effect.Put(
                purchaseKey(tenant, purchase.id()), PurchaseJson.write(purchase), condition)));
  }

  static Key purchaseKey(TenantId tenant, String id) {
    return Key.of(tenant, "PURCHASE", id);
  }

  /** So that the table's order is newest first. */
  static Key postedKey(TenantId tenant, long change) {
    return Key.of(tenant, "POSTED", "%019d".formatted(Long.MAX_VALUE - change));
  }
}
