package io.mooring.billing.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.mooring.billing.Asset;
import io.mooring.billing.Decline;
import io.mooring.billing.Deposit;
import io.mooring.billing.Meter;
import io.mooring.billing.PriceList;
import io.mooring.billing.PublishedPrices;
import io.mooring.billing.UsageLine;
import io.mooring.billing.statements.Calendar;
import io.mooring.billing.statements.EndlessCredit;
import io.mooring.billing.statements.Statements;
import io.mooring.platform.LedgerId;
import io.mooring.platform.TenantId;
import io.mooring.platform.blob.InMemoryBlobs;
import io.mooring.platform.commit.Committer;
import io.mooring.platform.commit.Condition;
import io.mooring.platform.commit.Content;
import io.mooring.platform.commit.Effect;
import io.mooring.platform.commit.Funding;
import io.mooring.platform.commit.GroupCommitter;
import io.mooring.platform.commit.InMemoryStore;
import io.mooring.platform.commit.NewEntry;
import io.mooring.platform.commit.Outcome;
import io.mooring.platform.commit.Rules;
import io.mooring.platform.commit.Stores;
import io.mooring.platform.commit.Write;
import io.mooring.platform.table.Key;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class StorageTest {
  private static final TenantId ACME = new TenantId("ten_acme");
  private static final LedgerId SHIPMENTS = new LedgerId(ACME, "led_shipments");
  private static final YearMonth DECEMBER = YearMonth.of(2026, 12);

  private final Calendar calendar = new Calendar("2026-12-01T08:00:00Z");
  private final InMemoryStore store = new InMemoryStore();
  private final InMemoryBlobs blobs = new InMemoryBlobs();
  private final Credit credit = new Credit();
  private final Committer committer =
      GroupCommitter.racing(
              Stores.of(store, blobs, store), Rules.standard(), calendar, new SecureRandom())
          .metered(credit);
  private final Statements statements =
      new Statements(store, blobs, store, store, PublishedPrices.shipped().book(), calendar);
  private final Storage storage = new Storage(statements, store, committer);

  StorageTest() {
    commit(
        Write.to(LedgerId.journal(ACME))
            .entry(NewEntry.of("ledger.created", "led_shipments", Content.json("{}")))
            .effect(
                new Effect.Put(
                    Key.of(ACME, "LEDGER", "led_shipments"),
                    new byte[] {1},
                    new Condition.Absent())));
  }

  @Test
  void aByteForHalfAMonthIsHalfAByteForAMonth() {
    append(1_000_000);
    calendar.pass(Duration.ofDays(15)); // the 16th
    append(310_000);
    assertEquals(0, storage.charge(ACME), "the month is not over");
    calendar.pass(Duration.ofDays(20));

    assertEquals(1, storage.charge(ACME));
    assertEquals(0, storage.charge(ACME));

    // 31 days of a million, and 16 of 310,000; each started 10,000 of 1,160,000 is one unit.
    UsageLine line = statements.statement(ACME, DECEMBER.plusMonths(1)).lines().getFirst();
    assertEquals(Meter.STORED_BYTE_MONTHS, line.of().meter());
    assertEquals("led_journal", line.of().ledger());
    assertEquals(1_160_000, line.quantity());
    assertEquals(116, line.units());
  }

  @Test
  void whatIsStoredStaysStoredInMonthsInWhichNothingHappens() {
    append(1_000_000);
    calendar.pass(Duration.ofDays(31 + 31 + 28));
    assertEquals(3, storage.charge(ACME));
    assertEquals(
        List.of(1_000_000L * 31, 1_000_000L * 31, 1_000_000L * 28),
        List.of(byteDays(0), byteDays(1), byteDays(2)));
  }

  @Test
  void whatWasErasedIsNotStoredAnyMore() {
    append(50);
    append(1_000_000);
    calendar.pass(Duration.ofDays(10)); // the 11th
    String said = "{\"ledger\":\"led_shipments\",\"index\":1,\"leafHash\":\"\"}";
    commit(Write.to(SHIPMENTS).entry(NewEntry.of("mooring.erased", "", Content.json(said))));
    calendar.pass(Duration.ofDays(25));
    assertEquals(50L * 31 + 1_000_000L * 10 + said.length() * 21L, byteDays(0));
  }

  @Test
  void theJournalIsFreeAndAMonthWithoutBytesCostsNothing() {
    calendar.pass(Duration.ofDays(40));
    assertEquals(1, storage.charge(ACME));
    assertEquals(0, statements.statement(ACME, DECEMBER.plusMonths(1)).lines().size());
  }

  @Test
  void aMonthThatIsNotCoveredIsOwedUntilItIs() {
    append(1_000_000);
    calendar.pass(Duration.ofDays(40));
    credit.frozen = true;
    assertEquals(0, storage.charge(ACME));
    credit.frozen = false;
    assertEquals(1, storage.charge(ACME));
    assertEquals(1, statements.statement(ACME, DECEMBER.plusMonths(1)).lines().size());
  }

  @Test
  void aMonthIsChargedOnceByHoweverMany() throws Exception {
    append(1_000_000);
    calendar.pass(Duration.ofDays(40));
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Integer>> rounds = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        rounds.add(() -> new Storage(statements, store, committer).charge(ACME));
      }
      int sum = 0;
      for (var round : threads.invokeAll(rounds)) {
        sum += round.get();
      }
      assertEquals(1, sum);
    }
    assertEquals(
        100, statements.statement(ACME, DECEMBER.plusMonths(1)).lines().getFirst().units());
  }

  @Test
  void aMonthThatIsLookedAtEachDayAddsUp() {
    append(70);
    assertEquals(70L * 31, byteDays(0));
    for (int i = 0; i < 5; i++) {
      calendar.pass(Duration.ofDays(1));
      append(100);
      byteDays(0);
    }
    assertEquals(70L * 31 + 100 * (30 + 29 + 28 + 27 + 26), byteDays(0));
    assertEquals(0, statements.byteDays(ACME, DECEMBER).get(LedgerId.journal(ACME)));
  }

  private long byteDays(int month) {
    return statements.byteDays(ACME, DECEMBER.plusMonths(month)).get(SHIPMENTS);
  }

  private void append(int bytes) {
    commit(
        Write.to(SHIPMENTS)
            .by("key_x")
            .entry(NewEntry.of("use", "", Content.of("text/plain", new byte[bytes]))));
  }

  private void commit(Write write) {
    assertInstanceOf(Outcome.Won.class, committer.commit(write));
  }

  /** Credit without end, which can be frozen. */
  private static final class Credit implements Funding {
    private final EndlessCredit endless =
        new EndlessCredit(PublishedPrices.shipped().book(), "developer");
    private boolean frozen;

    @Override
    public PriceList prices(TenantId tenant, long millis) {
      return endless.prices(tenant, millis);
    }

    @Override
    public String spender(LedgerId ledger, String submitter) {
      return "";
    }

    @Override
    public Optional<Deposit> deposit(LedgerId ledger, String spender, Asset asset, long number) {
      return frozen ? Optional.empty() : endless.deposit(ledger, spender, asset, number);
    }

    @Override
    public Funded fund(Committer committer, LedgerId ledger, List<Need> needs, Duration patience) {
      return frozen
          ? new Funded.Refused(Map.of(needs.getFirst(), Decline.FROZEN))
          : endless.fund(committer, ledger, needs, patience);
    }
  }
}
