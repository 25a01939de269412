package io.mooring.billing.statements;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mooring.billing.Meter;
import io.mooring.billing.PublishedPrices;
import io.mooring.billing.Tally;
import io.mooring.billing.TallyFold;
import io.mooring.billing.statements.Tallies.Due;
import io.mooring.platform.LedgerId;
import io.mooring.platform.TenantId;
import io.mooring.platform.blob.InMemoryBlobs;
import io.mooring.platform.commit.CarriedCommit;
import io.mooring.platform.commit.Commits;
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
import io.mooring.platform.table.Key;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TalliesTest {
  private static final TenantId ACME = new TenantId("ten_acme");
  private static final LedgerId JOURNAL = LedgerId.journal(ACME);
  private static final LedgerId SHIPMENTS = new LedgerId(ACME, "led_shipments");

  private final Calendar calendar = new Calendar("2026-12-01T08:00:00Z");
  private final InMemoryStore store = new InMemoryStore();
  private final InMemoryBlobs blobs = new InMemoryBlobs();
  private final Committer committer =
      GroupCommitter.racing(
              Stores.of(store, blobs, store), Rules.standard(), calendar, new SecureRandom())
          .metered(new EndlessCredit(PublishedPrices.shipped().book(), "developer"));
  private final Tallies tallies = new Tallies(store, blobs, store, committer, calendar);
  private final Commits commits = new Commits(store, blobs);

  TalliesTest() {
    listed("led_shipments");
  }

  @Test
  void aDayIsToldOnceItIsOverAndOnlyOnce() {
    use(3);
    assertEquals(0, tallies.tell(ACME, Due.ENDED), "the day is not over");
    calendar.pass(Duration.ofDays(1));
    use(2);

    assertEquals(1, tallies.tell(ACME, Due.ENDED));
    assertEquals(0, tallies.tell(ACME, Due.ENDED));

    Tally first = told().getFirst();
    assertEquals(List.of(1L, 3L), List.of(first.firstCommit(), first.lastCommit()));
    assertEquals(3, first.rows().getFirst().times());
    assertEquals(1, tallies.tell(ACME, Due.ALL));
    assertEquals(List.of(4L, 5L), List.of(told().get(1).firstCommit(), told().get(1).lastCommit()));
  }

  @Test
  void aFullTallyIsToldBeforeItsDayIsOver() {
    for (int i = 1; i <= TallyFold.ROWS_MAX + 5; i++) {
      commit(entry().uses(new Usage(Meter.ENTRY_BYTES, i)));
    }
    assertEquals(1, tallies.tell(ACME, Due.ENDED));
    assertEquals(TallyFold.ROWS_MAX, told().getFirst().rows().size());
  }

  @Test
  void manyWhoTellAtTheSameTimeTellEachChargeOnce() throws Exception {
    use(400);
    calendar.pass(Duration.ofDays(1));
    use(100);
    calendar.pass(Duration.ofDays(1));
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Integer>> rounds = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        rounds.add(
            () -> new Tallies(store, blobs, store, committer, calendar).tell(ACME, Due.ENDED));
      }
      int sum = 0;
      for (var round : threads.invokeAll(rounds)) {
        sum += round.get();
      }
      assertEquals(2, sum);
    }
    assertEquals(500, told().stream().mapToLong(t -> t.rows().getFirst().times()).sum());
  }

  @Test
  void whatIsToldCostsNothingAndIsNotToldAgain() {
    use(1);
    tallies.tell(ACME, Due.ALL);
    long size = commits.tip(JOURNAL).orElseThrow().end();
    assertEquals(0, tallies.tell(ACME, Due.ALL));
    assertEquals(size, commits.tip(JOURNAL).orElseThrow().end());
  }

  @Test
  void aJournalThatIsListedAsALedgerCountsOnce() {
    commit(
        Write.to(JOURNAL)
            .entry(NewEntry.of("use", "", Content.json("{}")))
            .uses(new Usage(Meter.STORED_BYTE_MONTHS, 10_000)));
    listed("led_journal");
    Statements statements =
        new Statements(store, blobs, store, store, PublishedPrices.shipped().book(), calendar);
    assertEquals(
        1, statements.statement(ACME, YearMonth.of(2026, 12)).lines().getFirst().charges());
    assertEquals(1, tallies.tell(ACME, Due.ALL));
    assertEquals("led_journal", told().getFirst().ledger());
  }

  @Test
  void aTallyIsReadAsItWasWritten() {
    use(2);
    tallies.tell(ACME, Due.ALL);
    Tally told = told().getFirst();
    assertEquals(told, TallyJson.read(TallyJson.write(told)));
    assertTrue(told.movements().getFirst().units() > 0);
  }

  private void listed(String ledger) {
    commit(
        Write.to(JOURNAL)
            .entry(NewEntry.of("ledger.created", ledger, Content.json("{}")))
            .effect(
                new Effect.Put(
                    Key.of(ACME, "LEDGER", ledger), new byte[] {1}, new Condition.Absent())));
  }

  private void use(int times) {
    for (int i = 0; i < times; i++) {
      commit(entry().uses(new Usage(Meter.ENTRIES, 1)));
    }
  }

  private static Write entry() {
    return Write.to(SHIPMENTS).by("key_x").entry(NewEntry.of("use", "", Content.json("{}")));
  }

  private List<Tally> told() {
    return store.range(JOURNAL, 1, 1_000).stream()
        .map(stored -> new CarriedCommit(stored.commit(), commits.body(JOURNAL, stored.commit())))
        .flatMap(carried -> Bookings.tallies(carried).stream())
        .collect(Collectors.toList());
  }

  private void commit(Write write) {
    assertInstanceOf(Outcome.Won.class, committer.commit(write));
  }
}
