package io.mooring.billing.credits;

import com.fasterxml.jackson.databind.JsonNode;
import io.mooring.billing.Amount;
import io.mooring.billing.Asset;
import io.mooring.billing.Decline;
import io.mooring.billing.Grant;
import io.mooring.billing.Hold;
import io.mooring.billing.Moved;
import io.mooring.billing.Purchase;
import io.mooring.billing.Purse;
import io.mooring.billing.With;
import io.mooring.platform.TenantId;
import io.mooring.platform.commit.Committer;
import io.mooring.platform.commit.Condition;
import io.mooring.platform.commit.Effect;
import io.mooring.platform.commit.Outcome;
import io.mooring.platform.json.JsonTree;
import io.mooring.platform.page.PageRequest;
import io.mooring.platform.table.Item;
import io.mooring.platform.table.Key;
import io.mooring.platform.table.Page;
import io.mooring.platform.table.Prefix;
import io.mooring.platform.table.Table;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * The credits of all tenants. Each change is one commit of the tenant's journal: an entry that says
 * what was posted, and the purses as they are after it.
 *
 * <pre>
 * pk            sk                              body (JSON)
 * T#ten_acme#   PURSE#                          {@link Purses}
 * T#ten_acme#   PURCHASE#pur_1#                 asset, units, returned
 * T#ten_acme#   REFUND#ref_1#                   purchase, units
 * T#ten_acme#   HOLD#hold_1#                    {@link StoredHold}
 * T#ten_acme#   POSTED#…(2^63-1 - change)#      time, cause and postings of one change, newest first
 * </pre>
 */
public final class Credits {
  static final String HOLD = "HOLD";

  private final Committer committer;
  private final Table table;
  private final Desk desk;
  private final Overdue overdue;

  public Credits(Committer committer, Table table, Desk desk) {
    this.committer = committer;
    this.table = table;
    this.desk = desk;
    this.overdue = new Overdue(table, desk);
  }

  /** Credits of tenants whose plans include nothing. */
  public Credits(Committer committer, Table table, InstantSource clock) {
    this(committer, table, new Desk(table, clock, (tenant, millis) -> Optional.empty()));
  }

  /** The purses as they are, with what the tenant's plan includes by now. */
  public Purses purses(TenantId tenant) {
    return desk.now(tenant).purses();
  }

  /** Adds what was bought. A purchase is named once and for good. */
  public Settled<Purchase> topUp(Asked<Purchase> asked, TenantId tenant, String id, Amount amount) {
    return desk.change(
        committer,
        asked,
        tenant,
        now ->
            now.purses()
                .of(amount.asset())
                .topUp(id, amount.units(), now.millis())
                .map(made -> purchased(tenant, made, new Condition.Absent(), List.of())));
  }

  /** Gives credits that lapse. */
  public Settled<Grant> grant(Asked<Grant> asked, TenantId tenant, Asset asset, Grant grant) {
    return desk.change(
        committer,
        asked,
        tenant,
        now ->
            now.purses()
                .of(asset)
                .grant(grant, now.millis())
                .map(purse -> new Desk.Change<>(grant, List.of(purse), List.of())));
  }

  /**
   * Pays for a purchase back, as far as it is open and not spent. It is named once and for good.
   */
  public Settled<Purchase> refund(
      Asked<Purchase> asked, TenantId tenant, String cause, String purchase, long units) {
    return payBack(
        asked,
        tenant,
        purchase,
        List.of(refunded(tenant, cause, purchase, units)),
        (now, bought) ->
            now.purses().of(bought.asset()).refund(cause, bought, units, now.millis()));
  }

  /**
   * The buyer's bank took money back: what is not there any more becomes a debt. It is named once
   * and for good.
   */
  public Settled<Purchase> chargeback(
      Asked<Purchase> asked, TenantId tenant, String cause, String purchase, long units) {
    return payBack(
        asked,
        tenant,
        purchase,
        List.of(refunded(tenant, cause, purchase, units)),
        (now, bought) ->
            now.purses().of(bought.asset()).chargeback(cause, bought, units, now.millis()));
  }

  private static Effect refunded(TenantId tenant, String cause, String purchase, long units) {
    return Effect.create(
        Key.of(tenant, "REFUND", cause),
        JsonTree.bytes(JsonTree.object().put("purchase", purchase).put("units", units)));
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
        List.of(),
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

  /**
   * Sets credit aside until the hold's one end. A hold is named once and for good. What it takes
   * counts for the caps of the tenant and of who asks, as what ledgers take does.
   */
  public Settled<Hold> hold(
      Asked<Hold> asked, TenantId tenant, String id, Amount amount, long expiresMillis) {
    return desk.change(
        committer,
        asked,
        tenant,
        now -> {
          Purse purse = now.purses().of(amount.asset());
          List<Capped> caps = caps(tenant, asked.submitter());
          long open = Capped.open(caps, amount.asset(), now.millis());
          if (amount.units() > open && !purse.frozen()) {
            return new Moved.Declined<>(Decline.CAP_REACHED, amount.units() - open);
          }
          return purse
              .hold(id, amount.units(), expiresMillis, now.millis())
              .map(
                  made ->
                      held(
                          tenant,
                          made.purse(),
                          new StoredHold(made.other(), asked.submitter(), now.millis()),
                          new Condition.Absent(),
                          Overdue.noted(tenant, made.other()),
                          caps.stream()
                              .map(
                                  cap ->
                                      cap.taking(amount.asset(), amount.units(), now.millis()))));
        });
  }

  /** A hold of a tenant, pending or ended; one whose time is over has its end, swept or not. */
  public Optional<Hold> held(TenantId tenant, String id) {
    Item item = table.get(Key.of(tenant, HOLD, id));
    return item.exists()
        ? Optional.of(StoredHold.read(item).hold().at(desk.millis()))
        : Optional.empty();
  }

  /** Takes a part or the whole of what is held; the rest goes back. */
  public Settled<Hold> capture(Asked<Hold> asked, TenantId tenant, String id, long units) {
    return end(
        asked,
        tenant,
        id,
        (now, hold) -> now.purses().of(hold.asset()).capture(hold, units, now.millis()));
  }

  /** Takes all of what is held. */
  public Settled<Hold> capture(Asked<Hold> asked, TenantId tenant, String id) {
    return end(
        asked,
        tenant,
        id,
        (now, hold) ->
            now.purses().of(hold.asset()).capture(hold, hold.funds().total(), now.millis()));
  }

  /** Gives all that is held back. */
  public Settled<Hold> voided(Asked<Hold> asked, TenantId tenant, String id) {
    return end(
        asked, tenant, id, (now, hold) -> now.purses().of(hold.asset()).voided(hold, now.millis()));
  }

  /** Ends holds of a tenant whose time is over, at most {@link Overdue#HOLDS_MAX}; how many. */
  public int sweep(TenantId tenant) {
    int ended = 0;
    for (Hold hold : overdue.of(tenant)) {
      Settled<Hold> settled =
          end(
              Asked.by("platform"),
              tenant,
              hold.id(),
              (now, held) -> now.purses().of(held.asset()).expired(held, now.millis()));
      ended += settled instanceof Settled.Done<Hold> ? 1 : 0;
    }
    return ended;
  }

  private Settled<Hold> end(
      Asked<Hold> asked,
      TenantId tenant,
      String id,
      BiFunction<Desk.Now, Hold, Moved<With<Hold>>> operation) {
    return desk.change(
        committer,
        asked,
        tenant,
        now -> {
          Item item = table.get(Key.of(tenant, HOLD, id));
          if (!item.exists()) {
            return Moved.declined(Decline.HOLD_ENDED);
          }
          StoredHold before = StoredHold.read(item);
          return operation
              .apply(now, before.hold())
              .map(
                  made -> {
                    StoredHold after = before.ended(made.other());
                    return held(
                        tenant,
                        made.purse(),
                        after,
                        new Condition.AtVersion(item.version()),
                        overdue.struck(tenant, before.hold()),
                        caps(tenant, before.holder()).stream()
                            .map(
                                cap ->
                                    cap.givenBack(
                                        after.hold().asset(),
                                        after.released(),
                                        before.sinceMillis(),
                                        now.millis())));
                  });
        });
  }

  private List<Capped> caps(TenantId tenant, String holder) {
    return Caps.of(table, tenant, List.of(CapSheet.TENANT, holder)).stream()
        .map(Capped::read)
        .toList();
  }

  private static Desk.Change<Hold> held(
      TenantId tenant,
      Purse purse,
      StoredHold stored,
      Condition condition,
      Effect due,
      Stream<Capped> caps) {
    List<Effect> effects = new ArrayList<>();
    effects.add(new Effect.Put(Key.of(tenant, HOLD, stored.hold().id()), stored.body(), condition));
    effects.add(due);
    caps.map(Capped::effect).forEach(effects::add);
    return new Desk.Change<>(stored.hold(), List.of(purse), effects);
  }

  /** Says below how many units of each asset an entry of the journal is to tell of it. */
  public Settled<Purses> tellBelow(Asked<Purses> asked, TenantId tenant, Map<Asset, Long> low) {
    return desk.change(
        committer,
        asked,
        tenant,
        now ->
            new Moved.Done<>(
                new Desk.Change<>(
                    now.purses().with(low),
                    List.of(),
                    List.of(),
                    purses -> purses.with(low),
                    "told below " + low),
                List.of()));
  }

  /** A page of what was posted, newest first. */
  public Posted posted(TenantId tenant, PageRequest page) {
    Prefix prefix = Prefix.of(tenant, Desk.POSTED_KIND);
    Page found =
        page.after().isEmpty()
            ? table.first(prefix, page.items())
            : table.after(
                prefix, Desk.postedKey(tenant, Long.parseLong(page.after())), page.items());
    List<JsonNode> changes =
        found.items().stream().map(item -> JsonTree.parse(item.body())).toList();
    String next = found.more() ? changes.getLast().required("change").asText() : "";
    return new Posted(changes, next);
  }

  /** Some changes, and the one after which the next page begins; empty where there is none. */
  public record Posted(List<JsonNode> changes, String next) {}

  /**
   * Puts purses in the place of an item that nobody can read. They are as the log has them, and
   * frozen, so that a person looks before anything is spent; {@code why} is kept in the journal.
   */
  public Outcome replaceFrozen(
      TenantId tenant, Item unreadable, List<Purse> replayed, String submitter, String why) {
    return committer.commit(desk.replacing(tenant, unreadable, replayed, submitter, why));
  }

  /** Stops whatever spends, or lets it go on; {@code why} is kept in the journal. */
  public Settled<Purse> freeze(
      Asked<Purse> asked, TenantId tenant, Asset asset, boolean frozen, String why) {
    return desk.change(
        committer,
        asked,
        tenant,
        now -> {
          Purse purse = now.purses().of(asset).freeze(frozen);
          return new Moved.Done<>(
              new Desk.Change<>(purse, List.of(purse), List.of(), why), List.of());
        });
  }

  private Settled<Purchase> payBack(
      Asked<Purchase> asked,
      TenantId tenant,
      String purchase,
      List<Effect> beside,
      BiFunction<Desk.Now, Purchase, Moved<With<Purchase>>> operation) {
    return desk.change(
        committer,
        asked,
        tenant,
        now -> {
          Item item = table.get(purchaseKey(tenant, purchase));
          if (!item.exists()) {
            throw new NoSuchPurchaseException(purchase);
          }
          return operation
              .apply(now, PurchaseJson.read(item))
              .map(
                  made -> purchased(tenant, made, new Condition.AtVersion(item.version()), beside));
        });
  }

  private static Desk.Change<Purchase> purchased(
      TenantId tenant, With<Purchase> made, Condition condition, List<Effect> beside) {
    Purchase purchase = made.other();
    List<Effect> effects = new ArrayList<>(beside);
    effects.add(
        new Effect.Put(
            purchaseKey(tenant, purchase.id()), PurchaseJson.write(purchase), condition));
    return new Desk.Change<>(purchase, List.of(made.purse()), effects);
  }

  static Key purchaseKey(TenantId tenant, String id) {
    return Key.of(tenant, "PURCHASE", id);
  }
}
