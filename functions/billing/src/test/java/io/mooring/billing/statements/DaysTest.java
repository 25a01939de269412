package io.mooring.billing.statements;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mooring.billing.Account;
import io.mooring.billing.Amount;
import io.mooring.billing.Asset;
import io.mooring.billing.DayFold;
import io.mooring.billing.Meter;
import io.mooring.billing.PublishedPrices;
import io.mooring.billing.Standing;
import io.mooring.billing.credits.Asked;
import io.mooring.billing.credits.Credits;
import io.mooring.platform.LedgerId;
import io.mooring.platform.TenantId;
import io.mooring.platform.blob.InMemoryBlobs;
import io.mooring.platform.commit.Committer;
import io.mooring.platform.commit.Condition;
import io.mooring.platform.commit.Content;
import io.mooring.platform.commit.Effect;
import io.mooring.platform.commit.GroupCommitter;
import io.mooring.platform.commit.InMemoryStore;
import io.mooring.platform.commit.NewEntry;
import io.mooring.platform.commit.Outcome;
import io.mooring.platform.commit.Rules;
import io.mooring.platform.commit.Stores;
import io.mooring.platform.commit.Usage;
import io.mooring.platform.commit.Write;
import io.mooring.platform.problem.RefusedException;
import io.mooring.platform.table.Item;
import io.mooring.platform.table.Key;
import io.mooring.platform.table.Prefix;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DaysTest {
  private static final TenantId ACME = new TenantId("ten_acme");
  private static final LedgerId LEDGER = new LedgerId(ACME, "led_shipments");
  private static final Meter METER = Meter.ENTRIES;
  private static final LedgerId JOURNAL = LedgerId.journal(ACME);

  private final Calendar calendar = new Calendar("2026-11-28T10:00:00Z");
  private final InMemoryStore store = new InMemoryStore();
  private final PublishedPrices prices = PublishedPrices.shipped();
  private final Committer committer =
      GroupCommitter.racing(
              Stores.of(store, new InMemoryBlobs(), store),
              Rules.standard(),
              calendar,
              new SecureRandom())
          .metered(new EndlessCredit(prices.book(), "developer"));
  private final Credits credits = new Credits(committer, store, calendar);
  private final Statements statements =
      new Statements(store, new InMemoryBlobs(), store, store, prices.book(), calendar);

  DaysTest() {
    commit(
        Write.to(JOURNAL)
            .entry(NewEntry.of("ledger.created", "led_shipments", Content.json("{}")))
            .effect(
                new Effect.Put(
                    Key.of(ACME, "LEDGER", "led_shipments"),
                    new byte[] {1},
                    new Condition.Absent())));
  }

  @Test
  void theStandingAtEveryPastMomentIsWhatItWasThen() {
    Random random = new Random(7);
    Map<Long, Standing> seen = new TreeMap<>();
    for (int i = 0; i < 120; i++) {
      calendar.pass(Duration.ofMinutes(1 + random.nextInt(800)));
      if (random.nextInt(3) == 0) {
        credits.topUp(Asked.by("op"), ACME, "pur_" + i, new Amount(Asset.CPC, 1 + i));
      } else {
        use(1 + random.nextInt(9));
      }
      // Every store's clock stands, so all that is there now was there at this moment.
      seen.put(calendar.millis(), statements.at(ACME, calendar.millis()));
    }
    calendar.pass(Duration.ofDays(40));

    seen.forEach(
        (millis, standing) -> assertEquals(standing, statements.at(ACME, millis), "at " + millis));
    Standing last = statements.at(ACME, calendar.millis());
    assertEquals(credits.purses(ACME).cpc().available().total(), last.available(Asset.CPC));
    assertTrue(last.of(Asset.CPC, Account.Kind.ESCROW) < 0, "charges were seen");
    assertEquals(Standing.NOTHING, statements.at(ACME, 0));
  }

  @Test
  void anyMomentOfADayOfSeveralPartsIsFound() {
    long price = prices.at("developer", calendar.millis()).orElseThrow().list().of(METER).of(1);
    Map<Long, Long> spent = new TreeMap<>();
    spent.put(calendar.millis(), 0L);
    calendar.pass(Duration.ofSeconds(1));
    for (int i = 1; i <= 2 * DayFold.LINES_MAX + 200; i++) {
      use(1, "key_" + i);
      if (i % 100 == 0) {
        spent.put(calendar.millis(), i * price);
      }
      calendar.pass(Duration.ofSeconds(1));
    }
    calendar.pass(Duration.ofDays(2));

    assertEquals(3, parts(), "a day of so many lines has parts");
    spent.forEach(
        (millis, units) ->
            assertEquals(
                -units,
                statements.at(ACME, millis).of(Asset.CPC, Account.Kind.ESCROW),
                "at " + millis));
  }

  private long parts() {
    use(1);
    statements.statement(ACME, YearMonth.of(2026, 11));
    return days().size();
  }

  @Test
  void daysThatAreLostAreFoldedAgainByteForByte() {
    for (int i = 0; i < 60; i++) {
      calendar.pass(Duration.ofHours(5));
      use(1 + i);
      if (i % 7 == 0) {
        statements.statement(ACME, YearMonth.of(2026, 11));
      }
    }
    statements.statement(ACME, YearMonth.of(2026, 12));
    List<Item> days = days();
    assertTrue(days.size() > 10);

    store.delete(days.stream().map(Item::key).toList());
    statements.forget(LEDGER);
    statements.statement(ACME, YearMonth.of(2026, 12));

    List<Item> again = days();
    assertEquals(days.stream().map(Item::key).toList(), again.stream().map(Item::key).toList());
    for (int i = 0; i < days.size(); i++) {
      assertArrayEquals(days.get(i).body(), again.get(i).body());
    }
  }

  @Test
  void aMonthThatNobodyUsedAnythingInBeginsAndEndsAsTheOneBefore() {
    credits.topUp(Asked.by("op"), ACME, "pur_1", new Amount(Asset.ITC, 500));
    calendar.pass(Duration.ofDays(80));
    use(3);
    var december = statements.statement(ACME, YearMonth.of(2026, 12));
    assertEquals(500, december.opening().available(Asset.ITC));
    assertEquals(december.opening(), december.closing());
    assertEquals(List.of(), december.lines());
    assertEquals(4, statements.months(ACME).size());
    var november = statements.statement(ACME, YearMonth.of(2026, 11));
    assertEquals(Standing.NOTHING, november.opening());
    assertEquals(500, november.closing().available(Asset.ITC));
  }

  @Test
  void monthsBeforeTheTenantAndAfterTodayHaveNoStatement() {
    for (YearMonth month : List.of(YearMonth.of(2026, 10), YearMonth.of(2026, 12))) {
      var refused = assertThrows(RefusedException.class, () -> statements.statement(ACME, month));
      assertEquals(StatementRefusal.NO_STATEMENT, refused.refusal());
    }
  }

  private List<Item> days() {
    return new ArrayList<>(store.first(Prefix.of(LEDGER, "DAY"), 1000).items());
  }

  private void use(long entries) {
    use(entries, "key_1");
  }

  private void use(long entries, String key) {
    commit(
        Write.to(LEDGER)
            .by(key)
            .entry(NewEntry.of("use", "", Content.json("{}")))
            .uses(new Usage(METER, entries)));
  }

  private void commit(Write write) {
    assertInstanceOf(Outcome.Won.class, committer.commit(write));
  }
}
