package io.mooring.billing.credits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mooring.billing.Amount;
import io.mooring.billing.Asset;
import io.mooring.billing.Cap;
import io.mooring.billing.Decline;
import io.mooring.billing.Meter;
import io.mooring.billing.PriceSheet;
import io.mooring.platform.LedgerId;
import io.mooring.platform.TenantId;
import io.mooring.platform.blob.InMemoryBlobs;
import io.mooring.platform.commit.Commits;
import io.mooring.platform.commit.Condition;
import io.mooring.platform.commit.Content;
import io.mooring.platform.commit.GroupCommitter;
import io.mooring.platform.commit.InMemoryStore;
import io.mooring.platform.commit.NewEntry;
import io.mooring.platform.commit.Outcome;
import io.mooring.platform.commit.Rules;
import io.mooring.platform.commit.Stores;
import io.mooring.platform.commit.ThreadPace;
import io.mooring.platform.commit.Usage;
import io.mooring.platform.commit.Write;
import io.mooring.platform.page.PageRequest;
import io.mooring.platform.table.Item;
import io.mooring.platform.testing.WatchedThreads;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CapsTest {
  private static final TenantId ACME = new TenantId("ten_acme");
  private static final LedgerId FIRST = new LedgerId(ACME, "led_first");
  private static final LedgerId SECOND = new LedgerId(ACME, "led_second");
  private static final long PRICE = 5;
  private static final Function<Item, Condition> AS_READ =
      item -> item.exists() ? new Condition.AtVersion(item.version()) : new Condition.Present();

  private final InMemoryStore store = new InMemoryStore();
  private final InMemoryBlobs blobs = new InMemoryBlobs();
  private final WatchedThreads beside = new WatchedThreads();
  private Instant now = Instant.parse("2026-11-21T12:00:00Z");
  private final InstantSource clock = () -> now;
  private PriceSheet sheet = Sheets.with(0, 0);
  private final Terms terms = (tenant, millis) -> Optional.of(sheet);
  private final Desk desk = new Desk(store, clock, terms);
  private final Caps caps = new Caps(store, desk, clock);
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

  @BeforeEach
  void topUp() {
    credits.topUp(Asked.by("operator"), ACME, "pur_1", new Amount(Asset.CPC, 1_000_000));
  }

  @Test
  void aTenantsCapHoldsForAllItsLedgersAndProcessesToTheUnit() throws Exception {
    cap(CapSheet.TENANT, Cap.Period.EVER, 70 * PRICE + 3);
    List<GroupCommitter> processes = List.of(committer, process());
    List<Callable<Outcome>> spends = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      Write write = write(i % 3 == 0 ? FIRST : SECOND, "key_" + i % 2);
      GroupCommitter process = processes.get(i % 2);
      spends.add(() -> process.commit(write, Duration.ofSeconds(60)));
    }

    int won = 0;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Outcome> spend : threads.invokeAll(spends)) {
        won += spend.get() instanceof Outcome.Won ? 1 : 0;
      }
    }
    while (append(FIRST, "key_1") instanceof Outcome.Won) {
      won++;
    }

    assertEquals(70, won);
    assertCapped(append(SECOND, "key_2"));
    assertEquals(1_000_000 - 70 * PRICE, available());
  }

  @Test
  void whatACapRefusesUsesNoFreeTransaction() {
    now = Instant.now(); // as it is for ledgers: what is free lapses with the day
    sheet = Sheets.with(1, 0);
    cap(CapSheet.TENANT, Cap.Period.EVER, 2 * PRICE);
    Write dear = write(FIRST, "key_1").uses(new Usage(Meter.ENTRIES, 3));

    assertCapped(committer.commit(dear));
    assertInstanceOf(Outcome.Won.class, append(FIRST, "key_1"));

    assertEquals(1_000_000, available());
  }

  @Test
  void whatALedgerHoldsSinceYesterdayMakesNoRoomForToday() {
    append(FIRST, "key_1");
    cap(CapSheet.TENANT, Cap.Period.DAY, 10 * PRICE);
    now = now.plus(Duration.ofDays(1));

    int won = 0;
    // The first ledger's idle escrow, of yesterday, is called back before anybody is refused.
    while (append(SECOND, "key_1") instanceof Outcome.Won) {
      won++;
    }

    assertEquals(10, won);
    assertCapped(append(SECOND, "key_1"));
  }

  @Test
  void aKeysCapHoldsForThatKeyOnAllLedgersAndForNobodyElse() {
    cap("key_1", Cap.Period.EVER, 2 * PRICE);

    assertInstanceOf(Outcome.Won.class, append(FIRST, "key_1"));
    assertInstanceOf(Outcome.Won.class, append(SECOND, "key_1"));
    assertCapped(append(FIRST, "key_1"));
    assertCapped(append(SECOND, "key_1"));
    assertInstanceOf(Outcome.Won.class, append(FIRST, "key_2"));
    assertEquals(1_000_000 - 3 * PRICE, available());
  }

  @Test
  void aLedgersCapHoldsForEverybodyWhoWritesToIt() {
    cap("led_first", Cap.Period.EVER, PRICE);
    cap("key_1", Cap.Period.EVER, 100 * PRICE);

    assertInstanceOf(Outcome.Won.class, append(FIRST, "key_1"));
    assertCapped(append(FIRST, "key_1"));
    assertCapped(append(FIRST, "key_2"));
    assertInstanceOf(Outcome.Won.class, append(SECOND, "key_1"));
  }

  @Test
  void aDaysCapIsOpenAgainOnTheNextDay() {
    cap("key_1", Cap.Period.DAY, PRICE);

    assertInstanceOf(Outcome.Won.class, append(FIRST, "key_1"));
    assertCapped(append(FIRST, "key_1"));
    now = now.plus(Duration.ofDays(1));

    assertInstanceOf(Outcome.Won.class, append(FIRST, "key_1"));
    assertCapped(append(FIRST, "key_1"));
  }

  @Test
  void whatWasTakenGoesOnToCountWhenACapIsReplacedAndNotWhenItIsRemoved() {
    String id = cap("key_1", Cap.Period.EVER, 3 * PRICE);
    append(FIRST, "key_1");

    var lines = List.of(line(Cap.Period.EVER, PRICE));
    assertInstanceOf(
        Settled.Done.class, caps.replace(committer, Asked.by("test"), ACME, id, lines, AS_READ));
    assertCapped(append(FIRST, "key_1"));
    assertEquals(
        PRICE, caps.find(ACME, id).orElseThrow().sheet().lines().getFirst().taken().units());
    assertInstanceOf(
        Settled.Done.class, caps.remove(committer, Asked.by("test"), ACME, id, AS_READ));

    assertInstanceOf(Outcome.Won.class, append(FIRST, "key_1"));
    assertTrue(caps.find(ACME, id).isEmpty());
    assertInstanceOf(
        Settled.Unchanged.class, caps.remove(committer, Asked.by("test"), ACME, id, AS_READ));
  }

  @Test
  void aSubjectHasOneSheetOfCapsAndTheyAreListedByPages() {
    String first = cap("key_1", Cap.Period.EVER, 1);
    String second = cap("key_2", Cap.Period.EVER, 1);
    var again = new CapSheet("key_1", List.of(line(Cap.Period.DAY, 2)));
    assertInstanceOf(Settled.Unchanged.class, caps.add(committer, Asked.by("test"), ACME, again));

    Caps.Listed page = caps.all(ACME, new PageRequest(1, ""));
    Caps.Listed rest = caps.all(ACME, new PageRequest(1, page.next()));

    assertEquals(
        List.of(first, second).stream().sorted().toList(),
        List.of(page.caps().getFirst().id(), rest.caps().getFirst().id()));
    assertEquals("", rest.next());
  }

  @Test
  void theJournalTellsOnceThatLittleIsLeft() {
    credits.tellBelow(Asked.by("test"), ACME, Map.of(Asset.CPC, 999_000L));
    assertEquals(0, lows());

    hold("hold_1", 1_001);
    hold("hold_2", 1);
    assertEquals(1, lows());
    credits.topUp(Asked.by("operator"), ACME, "pur_2", new Amount(Asset.CPC, 5_000));
    hold("hold_3", 10_000);
    assertEquals(2, lows());

    credits.tellBelow(Asked.by("test"), ACME, Map.of(Asset.ITC, 1L));
    assertEquals(3, lows());
  }

  private void hold(String id, long units) {
    var amount = new Amount(Asset.CPC, units);
    assertInstanceOf(
        Settled.Done.class, credits.hold(Asked.by("test"), ACME, id, amount, Long.MAX_VALUE));
  }

  private long lows() {
    LedgerId journal = LedgerId.journal(ACME);
    var commits = new Commits(store, blobs);
    long last = commits.tip(journal).orElseThrow().number();
    long lows = 0;
    for (long number = 1; number <= last; number++) {
      var commit = commits.read(journal, number).orElseThrow();
      lows +=
          commits.body(journal, commit).entries().stream()
              .filter(kept -> kept.entry().type().equals(Desk.LOW))
              .count();
    }
    return lows;
  }

  private String cap(String of, Cap.Period period, long units) {
    var sheet = new CapSheet(of, List.of(line(period, units)));
    assertInstanceOf(Settled.Done.class, caps.add(committer, Asked.by("test"), ACME, sheet));
    return Caps.id(ACME, of);
  }

  private static CapSheet.Line line(Cap.Period period, long units) {
    return new CapSheet.Line(Asset.CPC, new Cap(period, units), Cap.Taken.NOTHING);
  }

  private static void assertCapped(Outcome outcome) {
    var refused = assertInstanceOf(Outcome.InsufficientCredit.class, outcome);
    assertEquals(Decline.CAP_REACHED, refused.reason());
  }

  private long available() {
    return escrows.available(ACME).get(Asset.CPC);
  }

  private Outcome append(LedgerId ledger, String key) {
    return committer.commit(write(ledger, key));
  }

  private static Write write(LedgerId ledger, String key) {
    return Write.to(ledger)
        .by(key)
        .entry(NewEntry.of("note", "", Content.json("{}")))
        .uses(new Usage(Meter.ENTRIES, 1));
  }
}
