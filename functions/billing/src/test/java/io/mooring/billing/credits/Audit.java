package io.mooring.billing.credits;

import com.fasterxml.jackson.databind.JsonNode;
import io.mooring.billing.Asset;
import io.mooring.billing.Funds;
import io.mooring.billing.Meter;
import io.mooring.billing.PriceSheet;
import io.mooring.billing.Purse;
import io.mooring.billing.reconciliation.Reconciler;
import io.mooring.billing.reconciliation.Report;
import io.mooring.ledger.Hash;
import io.mooring.platform.LedgerId;
import io.mooring.platform.blob.InMemoryBlobs;
import io.mooring.platform.commit.Attempt;
import io.mooring.platform.commit.Commit;
import io.mooring.platform.commit.Commits;
import io.mooring.platform.commit.EscrowChange;
import io.mooring.platform.commit.GroupCommitter;
import io.mooring.platform.commit.InMemoryStore;
import io.mooring.platform.commit.KeptEntry;
import io.mooring.platform.commit.LedgerCheck;
import io.mooring.platform.commit.Rules;
import io.mooring.platform.commit.Stores;
import io.mooring.platform.commit.ThreadPace;
import io.mooring.platform.json.JsonTree;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Looks at all that a tenant's credits have come to, after whatever happened: adds up what the
 * journal and the ledgers say by plain sums of its own, and compares.
 */
final class Audit {
  private final InMemoryStore store;
  private final InMemoryBlobs blobs;
  private final PriceSheet sheet;
  private final InstantSource clock;
  private final Commits commits;

  /** What every account has, by asset and name, as the journal's entries add up. */
  private final Map<String, Long> accounts = new TreeMap<>();

  /** What went by one cause, by its kind. */
  private final Map<String, Long> causes = new TreeMap<>();

  /** How often each idempotency key was committed. */
  private final Map<Hash, Integer> landed = new HashMap<>();

  private final Map<String, Long> spent = new TreeMap<>();
  private final Map<String, Long> spentBy = new TreeMap<>();
  private final Map<String, Long> due = new TreeMap<>();

  Audit(InMemoryStore store, InMemoryBlobs blobs, PriceSheet sheet, InstantSource clock) {
    this.store = store;
    this.blobs = blobs;
    this.sheet = sheet;
    this.clock = clock;
    this.commits = new Commits(store, blobs);
  }

  /** One thing that a client wished, and what it was told. */
  record Asserted(String name, Hash key, boolean acknowledged, boolean uncertain) {}

  void look(Map<String, Long> caps, List<Asserted> wishes) {
    LedgerId journal = LedgerId.journal(CreditSimulation.ACME);
    undamaged(journal);
    read(journal);
    for (LedgerId ledger : CreditSimulation.LEDGERS) {
      undamaged(ledger);
      read(ledger);
      escrows(ledger);
    }
    landed.values().forEach(times -> expect(times == 1, "a key was committed " + times + " times"));
    wishes.forEach(this::judge);
    purses();
    holds();
    expect(spent.equals(due), "spent " + spent + ", but what was written costs " + due);
    caps.forEach(this::withinCap);
    reconciles();
  }

  /** All balances, to be compared with those of another history. */
  Map<String, Long> accounts() {
    return Map.copyOf(accounts);
  }

  private void undamaged(LedgerId ledger) {
    var damage = new LedgerCheck(store, blobs).check(ledger, store).damage();
    expect(damage.isEmpty(), "damage: " + damage);
  }

  private void read(LedgerId ledger) {
    for (long number = 1; ; number++) {
      Optional<Commit> found = commits.read(ledger, number);
      if (found.isEmpty()) {
        return;
      }
      Commit commit = found.get();
      var body = commits.body(ledger, commit);
      for (Attempt attempt : body.manifest().attempts()) {
        if (attempt.key() instanceof Attempt.Keyed keyed) {
          landed.merge(keyed.key(), 1, Integer::sum);
        }
        owe(attempt, Meter.ENTRIES);
        owe(attempt, Meter.MESSAGES);
      }
      for (KeptEntry kept : body.entries()) {
        if (kept.about() instanceof KeptEntry.Here here) {
          entry(kept.entry().type(), JsonTree.parse(here.content()), number);
        }
      }
    }
  }

  private void owe(Attempt attempt, Meter meter) {
    long quantity = attempt.cost().quantity(meter);
    if (quantity > 0) {
      due.merge(meter.asset().name(), sheet.list().of(meter).of(quantity), Math::addExact);
    }
  }

  private void entry(String type, JsonNode said, long number) {
    if (type.equals(Desk.LOW)) {
      long available = Long.parseLong(said.required("available").asText());
      long below = Long.parseLong(said.required("below").asText());
      expect(available < below, available + " is not below " + below);
    }
    if (!type.equals(Desk.POSTED)) {
      return;
    }
    for (JsonNode posting : said.required("postings")) {
      long units = Long.parseLong(posting.required("amount").asText());
      String asset = posting.required("asset").asText() + " ";
      expect(units > 0, "commit " + number + " posts " + units);
      accounts.merge(asset + posting.required("from").asText(), -units, Math::addExact);
      accounts.merge(asset + posting.required("to").asText(), units, Math::addExact);
      causes.merge(
          posting.required("kind").asText() + " " + posting.required("cause").asText(),
          units,
          Math::addExact);
    }
    accounts.forEach(
        (account, units) ->
            expect(
                units >= 0 || mayBeNegative(account),
                account + " is " + units + " after commit " + number));
  }

  private static boolean mayBeNegative(String account) {
    return account.endsWith(" receivable")
        || account.endsWith(" purchase")
        || account.endsWith(" promotion");
  }

  /**
   * What was deposited and not collected again went by charges, or lapsed; what is left waits in a
   * deposit that nobody consumes, because all of it has lapsed.
   */
  private void escrows(LedgerId ledger) {
    var tip = commits.tip(ledger);
    if (tip.isEmpty()) {
      return;
    }
    for (EscrowChange escrow : tip.get().bill().escrows()) {
      Asset asset = escrow.after().asset();
      String spender = escrow.after().spender();
      String account =
          asset + " escrow:" + ledger.value() + (spender.isEmpty() ? "" : "/" + spender);
      long deposited = accounts.getOrDefault(account, 0L);
      long went = escrow.spentEver() + escrow.lapsedEver() + escrow.after().funds().total();
      long waits = 0;
      for (long number = escrow.after().lastDeposit() + 1; ; number++) {
        var deposit = escrowsNow().deposit(ledger, spender, asset, number);
        if (deposit.isEmpty()) {
          break;
        }
        Funds funds = deposit.get().funds();
        waits += funds.total();
        long spendable = funds.takeExpired(clock.millis()).rest().total();
        expect(spendable == 0, account + " leaves " + spendable + " in a deposit");
      }
      expect(
          deposited == went + waits,
          account + " got " + deposited + ", " + went + " went, and " + waits + " waits");
      if (escrow.spentEver() > 0) {
        spent.merge(asset.name(), escrow.spentEver(), Math::addExact);
        spentBy.merge(asset + " " + spender, escrow.spentEver(), Math::addExact);
      }
    }
  }

  private void judge(Asserted wish) {
    int times = landed.getOrDefault(wish.key, 0);
    expect(!wish.acknowledged || times == 1, wish.name + " was acknowledged and is lost");
    expect(
        wish.acknowledged || wish.uncertain || times == 0, wish.name + " was refused and is there");
  }

  private void purses() {
    Purses stored = Purses.of(store.get(Purses.key(CreditSimulation.ACME)));
    for (Asset asset : Asset.values()) {
      Purse purse = stored.of(asset);
      is(asset, "prepaid", purse.available().bought());
      is(asset, "promo", purse.available().granted());
      is(asset, "held", purse.held());
      is(asset, "receivable", -purse.debt());
    }
  }

  private void is(Asset asset, String account, long stored) {
    long replayed = accounts.getOrDefault(asset + " " + account, 0L);
    expect(stored == replayed, asset + " " + account + " is " + stored + ", not " + replayed);
  }

  /** A hold that had its end gave or took exactly what was held. */
  private void holds() {
    List<String> ended = new ArrayList<>();
    causes.forEach(
        (cause, units) -> {
          if (cause.startsWith("hold ")) {
            String id = cause.substring("hold ".length());
            long went =
                causes.getOrDefault("capture " + id, 0L) + causes.getOrDefault("release " + id, 0L);
            expect(went == 0 || went == units, id + " held " + units + ", and " + went + " went");
            if (went > 0) {
              ended.add(id);
            }
          }
        });
    causes.keySet().stream()
        .filter(cause -> cause.startsWith("capture ") || cause.startsWith("release "))
        .forEach(
            cause ->
                expect(
                    ended.contains(cause.substring(cause.indexOf(' ') + 1)),
                    cause + " ends no hold"));
  }

  private void withinCap(String of, long units) {
    long taken = 0;
    if (of.equals(CapSheet.TENANT)) {
      taken =
          spent.getOrDefault("CPC", 0L) + accounts.getOrDefault("CPC held", 0L) + sum("capture ");
    } else {
      taken = spentBy.getOrDefault("CPC " + of, 0L);
    }
    expect(taken <= units, of + " took " + taken + " of at most " + units);
  }

  private long sum(String kind) {
    return causes.entrySet().stream()
        .filter(cause -> cause.getKey().startsWith(kind))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  private void reconciles() {
    var committer =
        GroupCommitter.racing(
            Stores.of(store, blobs, store),
            Rules.standard(),
            new ThreadPace(Clock.systemUTC(), Runnable::run),
            new SecureRandom());
    var credits = new Credits(committer, store, clock);
    Report report =
        new Reconciler(store, blobs, store, committer, credits).compare(CreditSimulation.ACME);
    expect(report.addsUp(), "does not reconcile: " + report);
    Purses purses = Purses.of(store.get(Purses.key(CreditSimulation.ACME)));
    escrowsNow()
        .available(CreditSimulation.ACME)
        .forEach(
            (asset, units) ->
                expect(
                    units >= purses.of(asset).spendable(clock.millis()),
                    "less is available than the purse has"));
  }

  private Escrows escrowsNow() {
    Terms terms = (tenant, millis) -> Optional.of(sheet);
    var desk = new Desk(store, clock, terms);
    return new Escrows(store, commits, terms, desk, new Caps(store, desk, clock));
  }

  private static void expect(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }
}
