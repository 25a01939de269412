package io.mooring.billing.credits;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mooring.billing.Asset;
import io.mooring.billing.FreeQuota;
import io.mooring.billing.Grant;
import io.mooring.billing.Moved;
import io.mooring.billing.Posting;
import io.mooring.billing.PriceSheet;
import io.mooring.billing.Purse;
import io.mooring.platform.LedgerId;
import io.mooring.platform.TenantId;
import io.mooring.platform.commit.Committer;
import io.mooring.platform.commit.Condition;
import io.mooring.platform.commit.Content;
import io.mooring.platform.commit.Effect;
import io.mooring.platform.commit.NewEntry;
import io.mooring.platform.commit.Outcome;
import io.mooring.platform.commit.Repetition;
import io.mooring.platform.commit.Write;
import io.mooring.platform.json.JsonTree;
import io.mooring.platform.table.Item;
import io.mooring.platform.table.Key;
import io.mooring.platform.table.Prefix;
import io.mooring.platform.table.Table;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Where a tenant's purses are changed: read, judged, and committed if nobody came between. */
public final class Desk {
  /** How often a change is tried when others change the same purses at the same time. */
  static final int TRIES_MAX = 32;

  /** The type of the entries that say a change of purses. */
  public static final String POSTED = "credits.posted";

  /** The type of the entries that say that little is left. */
  public static final String LOW = "credits.low";

  /** No item ever has that many versions. */
  private static final Condition NEVER = new Condition.AtVersion(Long.MAX_VALUE);

  static final String POSTED_KIND = "POSTED";

  /** Included credits are spent after free ones and before those of other grants. */
  static final int INCLUDED_PRIORITY = 10;

  /** So that those of one process take turns, and only other processes come between. */
  private static final int TURNS = 256;

  private final Table table;
  private final InstantSource clock;
  private final Terms terms;
  private final List<ReentrantLock> turns =
      Stream.generate(ReentrantLock::new).limit(TURNS).toList();

  public Desk(Table table, InstantSource clock, Terms terms) {
    this.table = table;
    this.clock = clock;
    this.terms = terms;
  }

  /**
   * The purses as they are, and the moment.
   *
   * @param granted what the plan has included since they were changed last
   * @param sheet the prices in force, if the tenant has a plan
   */
  record Now(
      Item read, Purses purses, List<Posting> granted, Optional<PriceSheet> sheet, long millis) {}

  /**
   * What a change makes: purses, effects beside them, and what else is noted with the purses.
   *
   * @param remark said in the journal; may be empty
   */
  record Change<T>(
      T made, List<Purse> purses, List<Effect> effects, UnaryOperator<Purses> also, String remark) {
    Change(T made, List<Purse> purses, List<Effect> effects) {
      this(made, purses, effects, same -> same, "");
    }

    Change(T made, List<Purse> purses, List<Effect> effects, String remark) {
      this(made, purses, effects, same -> same, remark);
    }
  }

  long millis() {
    return clock.millis();
  }

  Now now(TenantId tenant) {
    Item item = table.get(Purses.key(tenant));
    Purses purses = Purses.of(item);
    long millis = clock.millis();
    Optional<PriceSheet> sheet = terms.of(tenant, millis);
    YearMonth month = YearMonth.from(Instant.ofEpochMilli(millis).atOffset(ZoneOffset.UTC));
    List<Posting> granted = new ArrayList<>();
    if (sheet.isPresent() && !purses.month().equals(month.toString())) {
      purses = included(purses, sheet.get(), month, millis, granted);
    }
    return new Now(item, purses, List.copyOf(granted), sheet, millis);
  }

  /** What the plan includes each month is there from the month's first use on. */
  private static Purses included(
      Purses purses, PriceSheet sheet, YearMonth month, long millis, List<Posting> granted) {
    long end = month.plusMonths(1).atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
    Purses after = purses;
    for (Asset asset : Asset.values()) {
      long units = sheet.included().getOrDefault(asset, 0L);
      if (units > 0) {
        Grant grant = new Grant("included-" + month, units, INCLUDED_PRIORITY, end);
        switch (after.of(asset).grant(grant, millis)) {
          case Moved.Done<Purse> done -> {
            after = after.with(done.state());
            granted.addAll(done.postings());
          }
          // A frozen purse gets it when it is thawed, if the month is not over.
          case Moved.Declined<Purse> declined -> {
            granted.clear();
            return purses;
          }
        }
      }
    }
    return after.granted(month.toString());
  }

  /** Judges the change against the purses as they are, and again whenever they have changed. */
  <T> Settled<T> change(
      Committer committer,
      Asked<T> asked,
      TenantId tenant,
      Function<Now, Moved<Change<T>>> operation) {
    ReentrantLock turn = turns.get(Math.floorMod(tenant.hashCode(), TURNS));
    turn.lock();
    try {
      return changeInTurn(committer, asked, tenant, operation);
    } finally {
      turn.unlock();
    }
  }

  private <T> Settled<T> changeInTurn(
      Committer committer,
      Asked<T> asked,
      TenantId tenant,
      Function<Now, Moved<Change<T>>> operation) {
    for (int tries = 1; ; tries++) {
      Now now = now(tenant);
      switch (operation.apply(now)) {
        case Moved.Declined<Change<T>> declined -> {
          return repetition(committer, asked, tenant)
              .<Settled<T>>map(Settled.Unchanged::new)
              .orElseGet(() -> new Settled.Declined<>(declined.reason(), declined.missing()));
        }
        case Moved.Done<Change<T>> done -> {
          List<Posting> postings = new ArrayList<>(now.granted());
          postings.addAll(done.postings());
          Write write = write(asked, tenant, now, done.state(), postings);
          Outcome outcome = committer.commit(write);
          if (outcome instanceof Outcome.Won won) {
            return new Settled.Done<>(done.state().made(), postings, won.receipt());
          }
          if (!isOvertaken(outcome, now.read()) || tries == TRIES_MAX) {
            return new Settled.Unchanged<>(outcome);
          }
        }
      }
    }
  }

  /**
   * What a change has to say that was done before, though it could not be done now: a hold that is
   * captured cannot be captured, but who asks for the same capture again is told of it.
   */
  private static <T> Optional<Outcome> repetition(
      Committer committer, Asked<T> asked, TenantId tenant) {
    Write never =
        Write.to(LedgerId.journal(tenant))
            .by(asked.submitter())
            .entry(NewEntry.of(POSTED, "", Content.json("{}")))
            .effect(new Effect.Check(Purses.key(tenant), NEVER));
    Write again = asked.again().apply(never);
    if (!(again.repetition() instanceof Repetition.Keyed)) {
      return Optional.empty();
    }
    Outcome outcome = committer.commit(again);
    return outcome instanceof Outcome.EffectRefused ? Optional.empty() : Optional.of(outcome);
  }

  /** Whether somebody else changed the purses since they were read. */
  private static boolean isOvertaken(Outcome outcome, Item purses) {
    return outcome instanceof Outcome.EffectRefused refused
        && refused.effect().key().equals(purses.key());
  }

  private static <T> Write write(
      Asked<T> asked, TenantId tenant, Now now, Change<T> change, List<Posting> postings) {
    Purses after = now.purses();
    for (Purse purse : change.purses()) {
      after = after.with(purse);
    }
    after = change.also().apply(after).changed();
    ObjectNode said = PostedJson.write(after.changes(), now.millis(), postings, change.remark());
    Write write =
        Write.to(LedgerId.journal(tenant))
            .by(asked.submitter())
            .entry(NewEntry.of(POSTED, "", Content.json(JsonTree.text(said))))
            .effect(Effect.put(now.read(), after.body()))
            .effect(Effect.create(postedKey(tenant, after.changes()), JsonTree.bytes(said)));
    for (Effect effect : change.effects()) {
      write = write.effect(effect);
    }
    for (Asset asset : Asset.values()) {
      if (after.isLow(asset, now.millis()) && !now.purses().isLow(asset, now.millis())) {
        write = write.entry(low(after, asset, now.millis()));
      }
    }
    return asked.repeated().apply(write, change.made());
  }

  /** The write that puts purses, frozen, in the place of an item that nobody can read. */
  Write replacing(
      TenantId tenant, Item unreadable, List<Purse> replayed, String submitter, String why) {
    long millis = clock.millis();
    long change = 1 + lastChange(tenant);
    // Nobody knows any more what of the month and the day was granted: nothing more is.
    Instant now = Instant.ofEpochMilli(millis);
    String month = YearMonth.from(now.atOffset(ZoneOffset.UTC)).toString();
    FreeQuota.Used used =
        new FreeQuota.Used(
            Math.floorDiv(millis, Duration.ofDays(1).toMillis()), Integer.MAX_VALUE, millis);
    Purses after =
        new Purses(change, month, used, Map.of(), Purse.empty(Asset.CPC), Purse.empty(Asset.ITC));
    for (Purse purse : replayed) {
      after = after.with(purse.freeze(true));
    }
    ObjectNode said = PostedJson.write(change, millis, List.of(), why);
    return Write.to(LedgerId.journal(tenant))
        .by(submitter)
        .entry(NewEntry.of(POSTED, "", Content.json(JsonTree.text(said))))
        .effect(Effect.put(unreadable, after.body()))
        .effect(Effect.create(postedKey(tenant, change), JsonTree.bytes(said)));
  }

  private long lastChange(TenantId tenant) {
    return table.first(Prefix.of(tenant, POSTED_KIND), 1).items().stream()
        .mapToLong(item -> JsonTree.parse(item.body()).required("change").asLong())
        .findFirst()
        .orElse(0);
  }

  private static NewEntry low(Purses purses, Asset asset, long millis) {
    ObjectNode said =
        JsonTree.object()
            .put("asset", asset.name())
            .put("available", Long.toString(purses.of(asset).spendable(millis)))
            .put("below", Long.toString(purses.low().getOrDefault(asset, 0L)));
    return NewEntry.of(LOW, "", Content.json(JsonTree.text(said)));
  }

  /** So that the table's order is newest first. */
  static Key postedKey(TenantId tenant, long change) {
    return Key.of(tenant, POSTED_KIND, "%019d".formatted(Long.MAX_VALUE - change));
  }
}
