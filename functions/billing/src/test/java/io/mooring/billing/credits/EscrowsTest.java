package io.mooring.billing.credits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mooring.billing.Account;
import io.mooring.billing.Amount;
import io.mooring.billing.Asset;
import io.mooring.billing.Balances;
import io.mooring.billing.Decline;
import io.mooring.billing.Meter;
import io.mooring.billing.Posting;
import io.mooring.billing.PriceSheet;
import io.mooring.platform.LedgerId;
import io.mooring.platform.TenantId;
import io.mooring.platform.blob.InMemoryBlobs;
import io.mooring.platform.commit.Commits;
import io.mooring.platform.commit.Content;
import io.mooring.platform.commit.Funding.Funded;
import io.mooring.platform.commit.Funding.Need;
import io.mooring.platform.commit.GroupCommitter;
import io.mooring.platform.commit.InMemoryStore;
import io.mooring.platform.commit.LedgerCheck;
import io.mooring.platform.commit.NewEntry;
import io.mooring.platform.commit.Outcome;
import io.mooring.platform.commit.Rules;
import io.mooring.platform.commit.Stores;
import io.mooring.platform.commit.ThreadPace;
import io.mooring.platform.commit.Usage;
import io.mooring.platform.commit.Write;
import io.mooring.platform.json.JsonTree;
import io.mooring.platform.page.PageRequest;
import io.mooring.platform.table.Item;
import io.mooring.platform.table.Prefix;
import io.mooring.platform.testing.WatchedThreads;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Purses, deposits and commits together, as the product has them, on stores in memory. */
class EscrowsTest {
  private static final TenantId ACME = new TenantId("ten_acme");
  private static final LedgerId FIRST = new LedgerId(ACME, "led_first");
  private static final LedgerId SECOND = new LedgerId(ACME, "led_second");
  private static final LedgerId JOURNAL = LedgerId.journal(ACME);
  private static final long PRICE = 5;

  private final InMemoryStore store = new InMemoryStore();
  private final InMemoryBlobs blobs = new InMemoryBlobs();
  private final WatchedThreads beside = new WatchedThreads();
  private PriceSheet sheet = Sheets.with(0, 0);
  private final Terms terms = (tenant, millis) -> Optional.of(sheet);
  private final Desk desk = new Desk(store, Clock.systemUTC(), terms);
  private final Caps caps = new Caps(store, desk, Clock.systemUTC());
  private final Escrows escrows = new Escrows(store, new Commits(store, blobs), terms, desk, caps);
  private final GroupCommitter committer = process();
  private final Credits credits = new Credits(committer, store, desk);

  private GroupCommitter process() {
    return GroupCommitter.racing(
            Stores.of(store, blobs, store),
            Rules.standard(),
            new ThreadPace(Clock.systemUTC(), beside),
            new SecureRandom())
        .metered(escrows);
  }

  @Test
  void anAppendCostsExactlyItsPriceWhereverTheRestWaits() {
    topUp(1_000_000);

    assertInstanceOf(Outcome.Won.class, append(FIRST));

    assertEquals(1_000_000 - PRICE, available());
    assertAddsUp();
  }

  @Test
  void aTenantWithoutCreditIsRefusedAndATopUpHelpsAtOnce() {
    assertInstanceOf(Outcome.InsufficientCredit.class, append(FIRST));

    topUp(PRICE);

    assertInstanceOf(Outcome.Won.class, append(FIRST));
    assertInstanceOf(Outcome.InsufficientCredit.class, append(FIRST));
    assertEquals(0, available());
    assertAddsUp();
  }

  @Test
  void depositsThatDoNotSufficeAreThereUntilTheyAreConsumed() {
    for (int unit = 1; unit < PRICE; unit++) {
      topUp(1);
      assertInstanceOf(Outcome.InsufficientCredit.class, append(FIRST));
      assertEquals(unit, available());
    }
    topUp(PRICE + 1);

    assertInstanceOf(Outcome.Won.class, append(FIRST));
    assertInstanceOf(Outcome.Won.class, append(FIRST));
    assertInstanceOf(Outcome.InsufficientCredit.class, append(FIRST));

    assertEquals(0, available());
    assertAddsUp();
  }

  @Test
  void whatLiesIdleInAnotherLedgerIsCalledBackBeforeAnybodyIsRefused() {
    topUp(1_000_000);
    append(FIRST);
    long idle = 1_000_000 - PRICE;
    // All but what lies in the first ledger is promised to somebody.
    long inPurse = credits.purses(ACME).cpc().available().total();
    assertTrue(inPurse < idle);
    credits.hold(Asked.by("test"), ACME, "hold_1", new Amount(Asset.CPC, inPurse), Long.MAX_VALUE);

    assertInstanceOf(Outcome.Won.class, append(SECOND));

    assertEquals(idle - inPurse - PRICE, available());
    assertAddsUp();
  }

  @Test
  void aDepositThatWasTooLittleIsCalledBack() {
    topUp(PRICE - 1);
    assertInstanceOf(Outcome.InsufficientCredit.class, append(FIRST));
    topUp(1);

    assertInstanceOf(Outcome.Won.class, append(SECOND));

    assertEquals(0, available());
    assertAddsUp();
  }

  @Test
  void aDepositThatIsConsumedAndGivenBackByOneCommitIsCollected() {
    committer.commit(
        Write.to(FIRST).by("key_1").entry(NewEntry.of("free", "", Content.json("{}"))));
    topUp(PRICE - 1);
    assertInstanceOf(Outcome.InsufficientCredit.class, append(FIRST));

    committer.release(FIRST, Duration.ofSeconds(5));
    assertEquals(PRICE - 1, available());
    assertTrue(escrows.collect(committer, FIRST));

    assertEquals(PRICE - 1, credits.purses(ACME).cpc().available().total());
  }

  @Test
  void tenThousandSpendsOverLedgersAndProcessesOnCreditForSevenThousandAreSevenThousand()
      throws Exception {
    topUp(7_000 * PRICE);
    List<GroupCommitter> processes = List.of(committer, process());
    List<Callable<Outcome>> spends = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      Write write = write(new LedgerId(ACME, "led_number" + i % 5));
      GroupCommitter process = processes.get(i % 2);
      spends.add(() -> process.commit(write, Duration.ofSeconds(60)));
    }

    int won = 0;
    Map<String, Integer> others = new TreeMap<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Outcome> spend : threads.invokeAll(spends)) {
        switch (spend.get()) {
          case Outcome.Won first -> won++;
          case Outcome.InsufficientCredit poor -> {}
          case Outcome other -> others.merge(other.toString(), 1, Integer::sum);
        }
      }
    }
    // Who was refused while credit was on its way finds what is left now.
    while (append(SECOND) instanceof Outcome.Won) {
      won++;
    }

    assertEquals(Map.of(), others);
    assertEquals(7_000, won);
    assertEquals(0, available());
    assertAddsUp();
  }

  @Test
  void aPlanIncludesCreditsThatAreThereFromTheFirstUseOfTheMonth() {
    sheet = Sheets.with(0, 1_000);

    assertEquals(1_000, available());
    assertInstanceOf(Outcome.Won.class, append(FIRST));

    assertEquals(1_000 - PRICE, available());
    assertAddsUp();
  }

  @Test
  void aFreeTransactionIsPaidByTheQuotaAndTheNextByTheTenant() {
    sheet = Sheets.with(1, 0);
    topUp(1_000);

    append(FIRST);
    assertEquals(1_000, available());
    append(FIRST);

    assertEquals(1_000 - PRICE, available());
    assertAddsUp();
  }

  @Test
  void aLedgerThatWritesQuicklyGetsFreeTransactionsAheadAndTheQuotaIsStillWhatItSays() {
    sheet = Sheets.with(160, 0);
    topUp(1_000_000);

    appends(FIRST, 100);
    Item spender = store.get(Spender.Name.of(FIRST, Asset.CPC, "").item());
    long deposits = Spender.of(spender).deposits();
    assertTrue(deposits <= 25, deposits + " commits of the journal");
    appends(FIRST, 65);

    assertEquals(1_000_000 - 5 * PRICE, available());
    assertAddsUp();
  }

  @Test
  void whatALedgerGetsAheadIsASmallPartOfWhatOthersAreLeft() {
    sheet = Sheets.with(160, 0);
    topUp(1_000_000);

    appends(FIRST, 16);
    beside.awaitNone();
    long ahead = (available() - 1_000_000) / PRICE;
    appends(SECOND, 160 - 16 - ahead);

    // As many as may be at once, and as many again that were asked for before these were gone.
    long most = 2 * 160 / Escrows.SHARE;
    assertTrue(ahead > 0 && ahead <= most, ahead + " wait in the first ledger");
    assertEquals(1_000_000 + ahead * PRICE, available());
    assertAddsUp();
  }

  @Test
  void whatIsFreeDoesNotMakeWhatIsPaidForComeInSmallParts() throws Exception {
    sheet = Sheets.with(5_000, 0);
    topUp(1_000_000_000);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int round = 0; round < 40; round++) {
        threads.invokeAll(Collections.nCopies(64, () -> append(FIRST)));
        Thread.sleep(60); // one more transaction is free
      }
    }
    beside.awaitNone();

    Spender spender = Spender.of(store.get(Spender.Name.of(FIRST, Asset.CPC, "").item()));
    assertTrue(spender.slice() >= 4 * Escrows.SLICE_MIN, "a slice has " + spender.slice());
    assertAddsUp();
  }

  @Test
  void ofTheTransactionsThatShareAWriteAsManyAreFreeAsTheQuotaHas() {
    sheet = Sheets.with(3, 0);
    topUp(1_000);

    committer.commit(write(FIRST).carrying(5));

    assertEquals(1_000 - PRICE * 2 / 5, available());
    assertAddsUp();
  }

  @Test
  void aFrozenTenantSpendsNothingMore() {
    topUp(1_000);
    credits.freeze(Asked.by("operator"), ACME, Asset.CPC, true, "it does not add up");

    var refused = assertInstanceOf(Outcome.InsufficientCredit.class, append(FIRST));

    assertEquals(Decline.FROZEN, refused.reason());
  }

  @Test
  void aDepositThatWaitsIsNotConsumedWhileTheTenantIsFrozen() {
    topUp(PRICE - 1);
    append(FIRST);
    credits.freeze(Asked.by("operator"), ACME, Asset.CPC, true, "it does not add up");

    assertEquals(Optional.empty(), escrows.deposit(FIRST, "", Asset.CPC, 1));
    assertInstanceOf(
        Outcome.Busy.class, committer.release(FIRST, Duration.ofSeconds(5)), "nothing comes in");
    assertEquals(PRICE - 1, available());

    credits.freeze(Asked.by("operator"), ACME, Asset.CPC, false, "it was looked at");
    assertEquals(PRICE - 1, escrows.deposit(FIRST, "", Asset.CPC, 1).orElseThrow().funds().total());
  }

  @Test
  void whatIsDepositedWhileALedgerIsClosedComesBack() {
    topUp(1_000_000);
    append(FIRST);
    committer.commit(write(FIRST).andClose());
    Need late = new Need("", Asset.CPC, PRICE, PRICE, 1, 1, 1, false);
    assertInstanceOf(
        Funded.Done.class, escrows.fund(committer, FIRST, List.of(late), Duration.ofSeconds(5)));
    long rest = credits.purses(ACME).cpc().available().total();
    credits.hold(Asked.by("test"), ACME, "hold_1", new Amount(Asset.CPC, rest), Long.MAX_VALUE);

    assertInstanceOf(Outcome.Won.class, append(SECOND));

    assertEquals(1_000_000 - 3 * PRICE - rest, available());
    assertAddsUp();
  }

  @Test
  void aClosedLedgerGivesItsCreditBack() {
    topUp(1_000_000);
    append(FIRST);
    committer.commit(write(FIRST).andClose());

    assertEquals(1_000_000 - 2 * PRICE, available());
    assertTrue(escrows.collect(committer, FIRST));

    assertEquals(1_000_000 - 2 * PRICE, credits.purses(ACME).cpc().available().total());
    assertEquals(false, escrows.collect(committer, FIRST));
    assertAddsUp();
  }

  @Test
  void aHoldHasExactlyOneEnd() {
    topUp(1_000);
    hold("hold_1", 100, Long.MAX_VALUE);
    hold("hold_2", 100, Long.MAX_VALUE);
    hold("hold_3", 100, 1);

    assertInstanceOf(Settled.Done.class, credits.capture(Asked.by("test"), ACME, "hold_1", 60));
    assertInstanceOf(Settled.Done.class, credits.voided(Asked.by("test"), ACME, "hold_2"));
    for (String ended : List.of("hold_1", "hold_2", "hold_3", "hold_nobody")) {
      assertInstanceOf(Settled.Declined.class, credits.capture(Asked.by("test"), ACME, ended, 1));
      assertInstanceOf(Settled.Declined.class, credits.voided(Asked.by("test"), ACME, ended));
    }
    assertEquals(1, credits.sweep(ACME));
    assertEquals(0, credits.sweep(ACME));

    assertEquals(940, available());
    assertEquals(0, credits.purses(ACME).cpc().held());
    assertAddsUp();
  }

  @Test
  void postingsArePagedNewestFirst() {
    topUp(1);
    topUp(2);
    topUp(3);

    Credits.Posted first = credits.posted(ACME, new PageRequest(2, ""));
    Credits.Posted second = credits.posted(ACME, new PageRequest(2, first.next()));

    assertEquals(List.of("3", "2"), changes(first));
    assertEquals(List.of("1"), changes(second));
    assertEquals("", second.next());
  }

  private static List<String> changes(Credits.Posted posted) {
    return posted.changes().stream().map(change -> change.required("change").asText()).toList();
  }

  private void hold(String id, long units, long expires) {
    assertInstanceOf(
        Settled.Done.class,
        credits.hold(Asked.by("test"), ACME, id, new Amount(Asset.CPC, units), expires));
  }

  private int topUps;

  private void topUp(long units) {
    assertInstanceOf(
        Settled.Done.class,
        credits.topUp(Asked.by("operator"), ACME, "pur_" + topUps++, new Amount(Asset.CPC, units)));
  }

  private long available() {
    return escrows.available(ACME).get(Asset.CPC);
  }

  private Outcome append(LedgerId ledger) {
    return committer.commit(write(ledger));
  }

  private void appends(LedgerId ledger, long count) {
    for (long i = 0; i < count; i++) {
      assertInstanceOf(Outcome.Won.class, append(ledger));
    }
  }

  private static Write write(LedgerId ledger) {
    return Write.to(ledger)
        .by("key_1")
        .entry(NewEntry.of("note", "", Content.json("{}")))
        .uses(new Usage(Meter.ENTRIES, 1));
  }

  /** All postings, those of the ledgers' commits too, add up to what is stored, and to zero. */
  private void assertAddsUp() {
    beside.awaitNone();
    List<Posting> postings = new ArrayList<>();
    store.first(Prefix.of(ACME, "POSTED"), Integer.MAX_VALUE).items().stream()
        .flatMap(item -> PostedJson.postings(JsonTree.parse(item.body())).stream())
        .forEach(postings::add);
    long inEscrow = 0;
    long entries = 0;
    long spent = 0;
    List<LedgerId> ledgers = new ArrayList<>(List.of(FIRST, SECOND));
    for (int i = 0; i < 5; i++) {
      ledgers.add(new LedgerId(ACME, "led_number" + i));
    }
    for (LedgerId ledger : ledgers) {
      var report = new LedgerCheck(store, blobs).check(ledger);
      assertEquals(List.of(), report.damage());
      entries += report.entries();
      var escrow = store.tip(ledger).flatMap(tip -> tip.commit().bill().escrow("", Asset.CPC));
      if (escrow.isPresent()) {
        inEscrow += escrow.get().after().funds().total();
        spent += escrow.get().spentEver();
      }
    }
    assertEquals(entries * PRICE, spent);
    assertEquals(List.of(), new LedgerCheck(store, blobs).check(JOURNAL, store).damage());

    Balances replayed = Balances.of(postings);
    var cpc = credits.purses(ACME).cpc();
    if (!postings.isEmpty()) {
      assertEquals(cpc.available().bought(), replayed.of(Asset.CPC, Account.PREPAID));
      assertEquals(cpc.held(), replayed.of(Asset.CPC, Account.HELD));
    }
    long uncollected = replayed.of(Asset.CPC, Account.Kind.ESCROW) - spent - inEscrow;
    assertEquals(available() - cpc.available().total() - inEscrow, uncollected);
    assertEquals(0, replayed.total(Asset.CPC));
  }
}
