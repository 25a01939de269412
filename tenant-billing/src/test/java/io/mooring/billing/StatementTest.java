package io.mooring.billing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mooring.billing.DayFold.Booked;
import io.mooring.billing.DayFold.Written;
import io.mooring.billing.Statement.OfLedger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatementTest {
  private static final PriceSheet SHEET = PublishedPrices.shipped().sheets().getFirst();
  private static final PriceBook BOOK = PublishedPrices.shipped().book();
  private static final YearMonth DECEMBER = YearMonth.of(2026, 12);
  private static final long START = Instant.parse("2026-12-01T00:00:00Z").toEpochMilli();
  private static final long HOUR = Duration.ofHours(1).toMillis();
  private static final String PRICES = SHEET.list().version();

  @Test
  void aLineNamesDayLedgerKeyMeterPricesAndWhereToReadItAgain() {
    DayFold fold = new DayFold(BOOK, BookedDay.beforeAll("led_a"));
    fold.add(charges(1, START + HOUR, "key_x", 0, 2, charge(Meter.ENTRIES, 2)));
    fold.add(charges(2, START + 2 * HOUR, "key_y", 2, 3, charge(Meter.ENTRIES, 1)));
    fold.add(charges(3, START + 3 * HOUR, "key_x", 3, 8, charge(Meter.ENTRIES, 5)));
    fold.add(charges(4, START + 25 * HOUR, "key_x", 8, 9, charge(Meter.ENTRY_BYTES, 101)));

    Statement statement = statement(fold);

    LocalDate first = LocalDate.of(2026, 12, 1);
    assertEquals(
        List.of(
            new UsageLine(
                new UsageLine.Of(first, "led_a", "key_x", Meter.ENTRIES, PRICES),
                7,
                0,
                70,
                2,
                new UsageLine.Span(1, 3, 0, 8)),
            new UsageLine(
                new UsageLine.Of(first, "led_a", "key_y", Meter.ENTRIES, PRICES),
                1,
                0,
                10,
                1,
                new UsageLine.Span(2, 2, 2, 3)),
            new UsageLine(
                new UsageLine.Of(first.plusDays(1), "led_a", "key_x", Meter.ENTRY_BYTES, PRICES),
                101,
                0,
                2,
                1,
                new UsageLine.Span(4, 4, 8, 9))),
        statement.lines());
    assertEquals(82, statement.charged(Asset.CPC));
    assertEquals(0, statement.charged(Asset.ITC));
    assertEquals(List.of(new Statement.Through("led_a", 4)), statement.through());
  }

  @Test
  void whatWasFreeIsShownAndCostsNothing() {
    DayFold fold = new DayFold(BOOK, BookedDay.beforeAll("led_a"));
    fold.add(charges(1, START, "key_x", 0, 4, new Charge(Meter.ENTRIES, 4, 0, PRICES)));
    fold.add(charges(2, START, "key_x", 4, 5, charge(Meter.ENTRIES, 1)));
    UsageLine line = statement(fold).lines().getFirst();
    assertEquals(5, line.quantity());
    assertEquals(4, line.freeQuantity());
    assertEquals(10, line.units());
  }

  @Test
  void theStandingIsThatOfTheEndOfEachDay() {
    DayFold fold = new DayFold(BOOK, BookedDay.beforeAll("led_journal"));
    fold.add(
        posts(1, START - HOUR, move(Posting.Kind.TOP_UP, Account.PURCHASE, Account.PREPAID, 1000)));
    fold.add(
        posts(2, START, move(Posting.Kind.DEPOSIT, Account.PREPAID, Account.escrow("led_a"), 400)));
    fold.add(
        posts(
            3,
            START + 30 * HOUR,
            move(Posting.Kind.CHARGEBACK, Account.PREPAID, Account.PURCHASE, 600),
            move(Posting.Kind.CHARGEBACK, Account.RECEIVABLE, Account.PURCHASE, 400)));

    Statement statement = statement(fold);

    assertEquals(1000, statement.opening().available(Asset.CPC));
    assertEquals(0, statement.closing().available(Asset.CPC));
    assertEquals(400, statement.closing().of(Asset.CPC, Account.Kind.ESCROW));
    assertEquals(-400, statement.closing().of(Asset.CPC, Account.Kind.RECEIVABLE));
    assertEquals(
        List.of(LocalDate.of(2026, 12, 1), LocalDate.of(2026, 12, 2)),
        List.copyOf(statement.burnDown().keySet()));
    assertEquals(600, statement.burnDown().get(LocalDate.of(2026, 12, 1)).available(Asset.CPC));
    assertEquals(1000, statement.moved(Asset.CPC, Posting.Kind.CHARGEBACK));
    assertEquals(0, statement.moved(Asset.CPC, Posting.Kind.TOP_UP), "that was in November");
  }

  @Test
  void aLedgerIsFoldedToTheSameDaysHoweverOftenItIsPutDown() {
    List<Booked> commits = new ArrayList<>();
    for (int i = 1; i <= 3 * DayFold.LINES_MAX; i++) {
      commits.add(charges(i, START + i, "key_" + i, i, i + 1, charge(Meter.ENTRIES, 1)));
    }
    DayFold atOnce = new DayFold(BOOK, BookedDay.beforeAll("led_a"));
    commits.forEach(atOnce::add);

    List<BookedDay> closed = new ArrayList<>();
    BookedDay open = BookedDay.beforeAll("led_a");
    for (Booked commit : commits) {
      DayFold one = new DayFold(BOOK, open);
      one.add(commit);
      closed.addAll(one.closed());
      open = one.open();
    }

    assertEquals(atOnce.closed(), closed);
    assertEquals(atOnce.open(), open);
    assertEquals(2, closed.size(), "a day of so many lines has parts");
    assertTrue(closed.stream().allMatch(part -> part.lines().size() == DayFold.LINES_MAX));
    assertEquals(2, open.part());
  }

  @Test
  void aPartOfADayHasABoundInCommits() {
    DayFold fold = new DayFold(BOOK, BookedDay.beforeAll("led_a"));
    for (int i = 1; i <= 2 * DayFold.COMMITS_MAX + 1; i++) {
      fold.add(charges(i, START + i, "key_1", i, i + 1, charge(Meter.ENTRIES, 1)));
    }

    assertEquals(
        List.of(DayFold.COMMITS_MAX, 2 * DayFold.COMMITS_MAX),
        fold.closed().stream().map(BookedDay::lastCommit).toList());
    assertEquals(2 * DayFold.COMMITS_MAX + 1, fold.open().firstCommit());
    assertEquals(2, fold.open().part());
  }

  @Test
  void aGapIsRefused() {
    DayFold fold = new DayFold(BOOK, BookedDay.beforeAll("led_a"));
    fold.add(charges(1, START, "key_x", 0, 1, charge(Meter.ENTRIES, 1)));
    Booked third = charges(3, START, "key_x", 1, 2, charge(Meter.ENTRIES, 1));
    assertThrows(IllegalArgumentException.class, () -> fold.add(third));
  }

  @Test
  void theCsvIsReadStrictlyAndHidesNoFormula() {
    DayFold fold = new DayFold(BOOK, BookedDay.beforeAll("led_a"));
    fold.add(charges(1, START, "=1+1", 0, 1, charge(Meter.ENTRIES, 1)));
    fold.add(charges(2, START, "a\"b,\r\nc", 1, 2, charge(Meter.MESSAGES, 3)));
    fold.add(posts(3, START, move(Posting.Kind.TOP_UP, Account.PURCHASE, Account.PREPAID, 7)));

    List<List<String>> records = StrictCsv.read(StatementCsv.write(statement(fold)));

    assertEquals(StatementCsv.HEADER, records.getFirst());
    List<List<String>> usage = records.stream().filter(r -> r.getFirst().equals("usage")).toList();
    assertEquals(List.of("'=1+1", "a\"b,\r\nc"), usage.stream().map(r -> r.get(3)).toList());
    assertEquals(List.of("10", "3"), usage.stream().map(r -> r.get(9)).toList());
    assertEquals(
        List.of("total CPC 10", "total ITC 3"),
        records.stream()
            .filter(r -> r.getFirst().equals("total"))
            .map(r -> r.get(0) + " " + r.get(5) + " " + r.get(9))
            .toList());
    assertFalse(records.stream().filter(r -> r.getFirst().equals("movement")).toList().isEmpty());
    assertEquals(
        List.of("2026-12-01 CPC 7 prepaid"),
        records.stream()
            .filter(r -> r.get(15).equals("left"))
            .map(r -> String.join(" ", r.get(1), r.get(5), r.get(9), r.get(16)))
            .toList());
  }

  private static Statement statement(DayFold fold) {
    List<BookedDay> days = new ArrayList<>(fold.closed());
    days.add(fold.open());
    days.removeIf(day -> !YearMonth.from(day.day()).equals(DECEMBER));
    OfLedger ledger = new OfLedger(fold.open().ledger(), days.getFirst().opening(), days);
    return Statement.of("ten_acme", DECEMBER, true, List.of(ledger));
  }

  private static Charge charge(Meter meter, long quantity) {
    return SHEET.list().charge(meter, quantity);
  }

  private static Booked charges(
      long commit, long millis, String key, long first, long end, Charge... charges) {
    Charged charged = new Charged(key, first, end, List.of(charges));
    return new Booked(commit, millis, List.of(charged), List.of());
  }

  private static Booked posts(long commit, long millis, Posting... postings) {
    List<Written> written = new ArrayList<>();
    for (Posting posting : postings) {
      written.add(new Written(posting, commit - 1));
    }
    return new Booked(commit, millis, List.of(), written);
  }

  private static Posting move(Posting.Kind kind, Account from, Account to, long units) {
    return new Posting("cause", kind, from, to, new Amount(Asset.CPC, units), "");
  }
}
