package io.mooring.billing.reconciliation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mooring.billing.Amount;
import io.mooring.billing.Asset;
import io.mooring.billing.Decline;
import io.mooring.billing.Meter;
import io.mooring.billing.PublishedPrices;
import io.mooring.billing.Reconciliation.Mismatch;
import io.mooring.billing.credits.Asked;
import io.mooring.billing.credits.Credits;
import io.mooring.billing.credits.Purses;
import io.mooring.billing.credits.Settled;
import io.mooring.billing.credits.Spending;
import io.mooring.billing.credits.StoredPurses;
import io.mooring.billing.statements.EndlessCredit;
import io.mooring.billing.statements.Tallies;
import io.mooring.ledger.Hash;
import io.mooring.platform.LedgerId;
import io.mooring.platform.TenantId;
import io.mooring.platform.blob.InMemoryBlobs;
import io.mooring.platform.commit.Commits;
import io.mooring.platform.commit.Committer;
import io.mooring.platform.commit.Content;
import io.mooring.platform.commit.Effect;
import io.mooring.platform.commit.GroupCommitter;
import io.mooring.platform.commit.InMemoryStore;
import io.mooring.platform.commit.NewEntry;
import io.mooring.platform.commit.Outcome;
import io.mooring.platform.commit.Rules;
import io.mooring.platform.commit.Stores;
import io.mooring.platform.commit.ThreadPace;
import io.mooring.platform.commit.Usage;
import io.mooring.platform.commit.Write;
import io.mooring.platform.json.JsonTree;
import io.mooring.platform.table.DerivedItems.Derived;
import io.mooring.platform.table.Item;
import io.mooring.platform.table.Key;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class ReconcilerTest {
  private static final TenantId ACME = new TenantId("ten_acme");
  private static final LedgerId SHIPMENTS = new LedgerId(ACME, "led_shipments");

  private final InMemoryStore store = new InMemoryStore();
  private final InMemoryBlobs blobs = new InMemoryBlobs();
  private final Committer committer =
      GroupCommitter.racing(
              Stores.of(store, blobs, store),
              Rules.standard(),
              new ThreadPace(Clock.systemUTC(), Executors.newVirtualThreadPerTaskExecutor()),
              new SecureRandom())
          .metered(new EndlessCredit(PublishedPrices.shipped().book(), "developer"));
  private final Credits credits = new Credits(committer, store, Clock.systemUTC());
  private final Reconciler reconciler = new Reconciler(store, blobs, store, committer, credits);

  @Test
  void whatWasOnlyChangedByCommitsAddsUp() {
    assertTrue(reconciler.reconcile(ACME).addsUp());
    history();
    Report report = reconciler.reconcile(ACME);
    assertEquals(List.of(), report.mismatches());
    assertTrue(report.postings() > 10);
    assertFalse(StoredPurses.read(store, ACME).purses().cpc().frozen());
  }

  @Test
  void aUnitMoreInTheTableFreezesTheTenantAndTheJournalSaysWhy() {
    history();
    tamper("CPC", "bought", 1);

    Report report = reconciler.reconcile(ACME);

    assertEquals(1, report.mismatches().size());
    Mismatch found = report.mismatches().getFirst();
    assertEquals("prepaid", found.what());
    assertEquals(found.replayed() + 1, found.stored());
    assertEquals(
        new Settled.Declined<>(Decline.FROZEN, 0),
        credits.topUp(Asked.by("op"), ACME, "pur_x", new Amount(Asset.CPC, 5)));
    assertInstanceOf(
        Settled.Done.class,
        credits.topUp(Asked.by("op"), ACME, "pur_y", new Amount(Asset.ITC, 5)),
        "the other asset adds up");
    assertTrue(journal().contains("prepaid is"), "the journal holds the evidence");
  }

  @Test
  void whatALedgerHoldsIsCalledBackFromAFrozenTenant() {
    history();
    use(SHIPMENTS);
    assertTrue(escrow() > 0);
    tamper("CPC", "bought", 1);

    reconciler.reconcile(ACME);

    assertEquals(0, escrow());
  }

  @Test
  void whatWasToldIsWhatTheRecordsSay() {
    use(SHIPMENTS);
    use(SHIPMENTS);
    Tallies tallies = new Tallies(store, blobs, store, committer, Clock.systemUTC());
    assertEquals(1, tallies.tell(ACME, Tallies.Due.ALL));
    use(SHIPMENTS);
    assertEquals(1, tallies.tell(ACME, Tallies.Due.ALL));
    assertEquals(List.of(), reconciler.compare(ACME).mismatches());
  }

  @Test
  void chargesToldTwiceOrNeverAreFound() {
    use(SHIPMENTS);
    use(SHIPMENTS);
    String tally =
        """
        {"ledger":"led_shipments","day":"2026-12-01","firstCommit":%d,"lastCommit":2,"charges":[],
         "movements":[{"asset":"CPC","kind":"charge","from":"escrow","to":"revenue","units":"%d",
          "postings":2,"firstEntry":0,"endEntry":2}]}""";
    tell(tally.formatted(2, 20));
    assertEquals(
        List.of("first commit of a tally of led_shipments", "charges told of led_shipments"),
        found());
    tell(tally.formatted(3, 10));
    assertEquals(
        List.of(
            "first commit of a tally of led_shipments",
            "charges told of led_shipments",
            "charges told of led_shipments",
            "charged:led_shipments"),
        found());
  }

  private List<String> found() {
    return reconciler.compare(ACME).mismatches().stream().map(Mismatch::what).toList();
  }

  private void tell(String tally) {
    commit(
        Write.to(LedgerId.journal(ACME))
            .entry(NewEntry.of("credits.charged", "led_shipments", Content.json(tally))));
  }

  private void use(LedgerId ledger) {
    if (new Commits(store, blobs).tip(ledger).isEmpty()) {
      commit(
          Write.to(LedgerId.journal(ACME))
              .entry(NewEntry.of("ledger.created", ledger.value(), Content.json("{}")))
              .effect(Effect.create(Key.of(ACME, "LEDGER", ledger.value()), new byte[] {1})));
    }
    commit(
        Write.to(ledger)
            .by("key_x")
            .entry(NewEntry.of("use", "", Content.json("{}")))
            .uses(new Usage(Meter.ENTRIES, 1)));
  }

  private void commit(Write write) {
    assertInstanceOf(Outcome.Won.class, committer.commit(write));
  }

  private long escrow() {
    return new Commits(store, blobs)
        .tip(SHIPMENTS)
        .orElseThrow()
        .bill()
        .escrows()
        .getFirst()
        .after()
        .funds()
        .total();
  }

  @Test
  void eachMemberOfAPurseIsCompared() {
    history();
    for (String member : List.of("bought", "held", "debt")) {
      for (String asset : List.of("CPC", "ITC")) {
        tamper(asset, member, 3);
        assertEquals(1, reconciler.compare(ACME).mismatches().size(), asset + " " + member);
        tamper(asset, member, -3);
        assertTrue(reconciler.compare(ACME).addsUp());
      }
    }
  }

  @Test
  void pursesThatWereTakenAwayAreMissed() {
    history();
    store.delete(List.of(Key.of(ACME, "PURSE")));
    List<String> missed =
        reconciler.compare(ACME).mismatches().stream()
            .map(found -> found.asset() + " " + found.what())
            .toList();
    assertEquals(List.of("CPC held", "CPC receivable", "ITC prepaid"), missed);
  }

  @Test
  void pursesThatCannotBeReadAreReplacedByWhatTheLogSaysAndFrozen() {
    history();
    Purses before = StoredPurses.read(store, ACME).purses();
    Item purse = store.get(Key.of(ACME, "PURSE"));
    for (String bent : List.of("{", "[]", "{\"changes\":1}", "")) {
      byte[] body = bent.getBytes(StandardCharsets.UTF_8);
      store.put(List.of(new Derived(new Item(purse.key(), purse.version(), body), Derived.NEVER)));

      Report report = reconciler.reconcile(ACME);

      assertEquals(
          List.of("a purse that cannot be read", "a purse that cannot be read"),
          report.mismatches().stream().map(Mismatch::what).toList());
      Purses after = StoredPurses.read(store, ACME).purses();
      assertEquals(before.cpc().freeze(true), after.cpc());
      assertEquals(before.itc().freeze(true), after.itc());
      assertTrue(journal().contains(Hash.ofBytes(body).toString()), "the evidence is named");
      assertTrue(reconciler.reconcile(ACME).addsUp());
      purse = store.get(Key.of(ACME, "PURSE"));
    }
    reconciler.unfreeze(Asked.by("operator"), ACME, Asset.ITC, "looked at, case 4712");
    assertInstanceOf(
        Settled.Done.class, credits.topUp(Asked.by("op"), ACME, "pur_z", new Amount(Asset.ITC, 5)));
  }

  @Test
  void itIsFrozenOnceHoweverOftenItIsLookedAtAndGoesOnOnceAPersonHasMendedIt() {
    history();
    tamper("ITC", "held", 7);
    reconciler.reconcile(ACME);
    long frozen = new Commits(store, blobs).tip(LedgerId.journal(ACME)).orElseThrow().number();
    reconciler.reconcile(ACME);
    assertEquals(
        frozen, new Commits(store, blobs).tip(LedgerId.journal(ACME)).orElseThrow().number());

    tamper("ITC", "held", -7);
    reconciler.unfreeze(Asked.by("operator"), ACME, Asset.ITC, "mended by hand, case 4711");

    assertTrue(reconciler.reconcile(ACME).addsUp());
    assertTrue(journal().contains("case 4711"));
    assertInstanceOf(
        Settled.Done.class, credits.topUp(Asked.by("op"), ACME, "pur_z", new Amount(Asset.ITC, 5)));
  }

  @Test
  void nothingIsFrozenByMistakeWhileCreditsChange() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      CountDownLatch done = new CountDownLatch(1);
      var changing =
          threads.submit(
              () -> {
                for (int i = 0; i < 150; i++) {
                  credits.topUp(Asked.by("op"), ACME, "pur_" + i, new Amount(Asset.CPC, 10));
                }
                done.countDown();
              });
      while (done.getCount() > 0) {
        assertEquals(List.of(), reconciler.reconcile(ACME).mismatches());
      }
      changing.get();
    }
  }

  private void history() {
    for (int i = 0; i < 6; i++) {
      credits.topUp(Asked.by("op"), ACME, "cpc_" + i, new Amount(Asset.CPC, 100));
      credits.topUp(Asked.by("op"), ACME, "itc_" + i, new Amount(Asset.ITC, 50));
    }
    Spending.hold(credits, ACME, Asset.CPC, 550);
    credits.chargeback(Asked.by("op"), ACME, "cb_1", "cpc_0", 100);
    credits.refund(Asked.by("op"), ACME, "ref_1", "itc_0", 20);
  }

  /** Changes the stored purse as somebody with access to the table could. */
  private void tamper(String asset, String member, long more) {
    Item purse = store.get(Key.of(ACME, "PURSE"));
    ObjectNode body = (ObjectNode) JsonTree.parse(purse.body());
    ObjectNode of = (ObjectNode) body.get(asset);
    of.put(member, of.get(member).asLong() + more);
    store.put(
        List.of(
            new Derived(
                new Item(purse.key(), purse.version(), JsonTree.bytes(body)), Derived.NEVER)));
  }

  private String journal() {
    Commits commits = new Commits(store, blobs);
    StringBuilder text = new StringBuilder();
    LedgerId journal = LedgerId.journal(ACME);
    for (long n = 1; commits.read(journal, n).isPresent(); n++) {
      var body = commits.body(journal, commits.read(journal, n).get());
      body.entries()
          .forEach(
              kept -> {
                if (kept.about()
                    instanceof io.mooring.platform.commit.KeptEntry.Here(var salt, byte[] said)) {
                  text.append(new String(said, StandardCharsets.UTF_8)).append('\n');
                }
              });
    }
    return text.toString();
  }
}
