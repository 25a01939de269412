package io.mooring.billing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mooring.billing.DayFold.Booked;
import io.mooring.billing.DayFold.Written;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TallyFoldTest {
  private static final PriceBook BOOK = PublishedPrices.shipped().book();
  private static final PriceList LIST = PublishedPrices.shipped().sheets().getFirst().list();
  private static final YearMonth DECEMBER = YearMonth.of(2026, 12);
  private static final long START = Instant.parse("2026-12-01T00:00:00Z").toEpochMilli();

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void talliesMakeTheSameStatementAsTheCommits(long seed) {
    Random random = new Random(seed);
    DayFold days = new DayFold(BOOK, BookedDay.beforeAll("led_a"));
    TallyFold fold = new TallyFold("led_a", 0);
    long millis = START;
    for (int commit = 1; commit <= 4_000; commit++) {
      millis += 1 + random.nextLong(Duration.ofMinutes(20).toMillis());
      Booked booked = booked(random, commit, millis);
      days.add(booked);
      fold.add(booked);
    }

    List<Tally> tallies = new ArrayList<>(fold.closed());
    fold.open().ifPresent(tallies::add);

    List<BookedDay> told = new ArrayList<>();
    Standing standing = Standing.NOTHING;
    long last = 0;
    for (Tally tally : tallies) {
      assertEquals(last + 1, tally.firstCommit(), "no commit is told twice, or never");
      last = tally.lastCommit();
      told.add(tally.booked(BOOK, standing));
      standing = told.getLast().closing();
    }
    assertEquals(4_000, last);
    List<BookedDay> folded = new ArrayList<>(days.closed());
    folded.add(days.open());
    Statement expected = statement(folded);
    Statement got = statement(told);
    assertEquals(expected.lines(), got.lines());
    assertEquals(expected.movements(), got.movements());
    assertEquals(expected.closing(), got.closing());
    assertEquals(expected.burnDown(), got.burnDown());
  }

  static LongStream seeds() {
    String replay = System.getProperty("seed");
    return replay == null ? new Random().longs(3) : LongStream.of(Long.parseLong(replay));
  }

  @Test
  void chargesThatAreAlikeAreOneRow() {
    TallyFold fold = new TallyFold("led_a", 7);
    for (int commit = 8; commit < 108; commit++) {
      fold.add(charges(commit, START + commit, LIST.charge(Meter.ENTRIES, 1)));
    }
    Tally tally = fold.open().orElseThrow();
    assertEquals(List.of(8L, 107L), List.of(tally.firstCommit(), tally.lastCommit()));
    Tally.Row row = tally.rows().getFirst();
    assertEquals(1, tally.rows().size());
    assertEquals(List.of(1L, 10L, 100L), List.of(row.quantity(), row.units(), row.times()));
    assertEquals(List.of(START + 8, START + 107), List.of(row.firstMillis(), row.lastMillis()));
  }

  @Test
  void aTallyTakesNoMoreCommitsThanItsBounds() {
    TallyFold rows = new TallyFold("led_a", 0);
    for (int commit = 1; commit <= TallyFold.ROWS_MAX + 1; commit++) {
      rows.add(charges(commit, START, LIST.charge(Meter.ENTRY_BYTES, commit)));
    }
    assertEquals(TallyFold.ROWS_MAX, rows.closed().getFirst().rows().size());
    assertEquals(1, rows.open().orElseThrow().rows().size());

    TallyFold commits = new TallyFold("led_a", 0);
    for (long commit = 1; commit <= TallyFold.COMMITS_MAX + 1; commit++) {
      commits.add(charges(commit, START, LIST.charge(Meter.ENTRIES, 1)));
    }
    assertEquals(TallyFold.COMMITS_MAX, commits.closed().getFirst().lastCommit());
    assertEquals(TallyFold.COMMITS_MAX + 1, commits.open().orElseThrow().firstCommit());
  }

  @Test
  void whatChargesNothingIsNotToldButMakesNoGap() {
    TallyFold fold = new TallyFold("led_a", 0);
    for (long commit = 1; commit <= 5; commit++) {
      fold.add(new Booked(commit, START, List.of(), List.of()));
    }
    assertTrue(fold.open().isEmpty());
    fold.add(charges(6, START + Duration.ofDays(1).toMillis(), LIST.charge(Meter.ENTRIES, 1)));
    assertEquals(1, fold.open().orElseThrow().firstCommit());
    assertTrue(fold.closed().isEmpty());
  }

  @Test
  void aCommitThatDoesNotFollowIsAMistake() {
    TallyFold fold = new TallyFold("led_a", 3);
    Booked fifth = new Booked(5, START, List.of(), List.of());
    assertThrows(IllegalArgumentException.class, () -> fold.add(fifth));
  }

  private static Booked booked(Random random, long commit, long millis) {
    if (random.nextInt(4) == 0) {
      return new Booked(commit, millis, List.of(), List.of());
    }
    List<Charged> charged = new ArrayList<>();
    long units = 0;
    for (int write = 0; write <= random.nextInt(3); write++) {
      List<Charge> charges = new ArrayList<>();
      for (Meter meter : List.of(Meter.ENTRIES, Meter.ENTRY_BYTES, Meter.GAS)) {
        long quantity = 1 + random.nextInt(random.nextBoolean() ? 3 : 5_000);
        boolean free = random.nextInt(5) == 0;
        Charge charge = LIST.charge(meter, quantity);
        charges.add(free ? new Charge(meter, quantity, 0, LIST.version()) : charge);
        units += charges.getLast().units();
      }
      charged.add(new Charged("key_" + random.nextInt(3), commit, commit + 1, charges));
    }
    Account escrow = Account.escrow("led_a");
    var amount = new Amount(Asset.CPC, Math.max(units, 1));
    var posting =
        new Posting("c", Posting.Kind.CHARGE, escrow, Account.revenue("led_a"), amount, "r");
    return new Booked(commit, millis, charged, List.of(new Written(posting, commit)));
  }

  private static Booked charges(long commit, long millis, Charge charge) {
    var write = new Charged("key_x", commit, commit + 1, List.of(charge));
    return new Booked(commit, millis, List.of(write), List.of());
  }

  private static Statement statement(List<BookedDay> days) {
    return Statement.of(
        "ten_acme",
        DECEMBER,
        true,
        List.of(new Statement.OfLedger("led_a", Standing.NOTHING, days)));
  }
}
