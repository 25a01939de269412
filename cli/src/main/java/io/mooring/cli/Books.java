package io.mooring.cli;

import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The books of a tenant, kept again from what its journal tells: what each ledger charged, and what
 * moved between accounts, day by day. Whatever is wrong in itself is noted on the way.
 */
final class Books {
  private static final String CHARGED = "credits.charged";
  private static final String POSTED = "credits.posted";
  private static final String ESCROW = "escrow";
  private static final String CHARGE = "charge";
  private static final String GRANT_EXPIRY = "grant-expiry";

  /** What entries say themselves, in their leaves or in what those commit to. */
  private static final Set<String> SAID_BY_ENTRIES =
      Set.of(
          "entries",
          "entry-bytes",
          "messages",
          "proofs",
          "stored-byte-months",
          "gas",
          "calldata-bytes",
          "state-bytes");

  private final PriceLists prices;
  private final Map<LocalDate, Day> days = new TreeMap<>();
  private final Map<String, Long> told = new TreeMap<>();
  private final Map<String, List<Tally>> tallies = new TreeMap<>();
  private final List<String> wrong = new ArrayList<>();
  private long charges;

  Books(PriceLists prices) {
    this.prices = prices;
  }

  /** What happened on one day; lines and movements by what tells them apart. */
  static final class Day {
    final Map<List<String>, Sums> lines = new TreeMap<>(Books::compare);
    final Map<List<String>, Sums> movements = new TreeMap<>(Books::compare);
  }

  /**
   * What one entry of the journal tells of some entries of a ledger: those after the ones that the
   * tally before it tells of.
   *
   * @param used by key and meter, of those meters that entries say themselves
   */
  record Tally(
      long index, LocalDate day, long from, long end, Map<List<String>, BigInteger> used) {}

  static int compare(List<String> left, List<String> right) {
    return String.join("\n", left).compareTo(String.join("\n", right));
  }

  void add(Journal.Told entry) {
    try {
      switch (entry.type()) {
        case CHARGED -> tally(entry.index(), entry.said());
        case POSTED -> posted(entry.index(), entry.committed(), entry.said());
        default -> {} // about credits, but nothing moved
      }
    } catch (DateTimeException | ArithmeticException | Json.NoNumberException e) {
      wrong.add("entry " + entry.index() + " cannot be read: " + e.getMessage());
    }
  }

  Finding judge() {
    if (!wrong.isEmpty()) {
      return Finding.invalid("charges", wrong.getFirst());
    }
    return Finding.valid(
        "charges",
        Words.count(charges, "charge", "charges")
            + " of "
            + Words.count(told.size(), "ledger", "ledgers")
            + " computed again, without a gap");
  }

  /** The days of a month. */
  Map<LocalDate, Day> of(YearMonth month) {
    Map<LocalDate, Day> of = new TreeMap<>();
    days.forEach(
        (day, what) -> {
          if (YearMonth.from(day).equals(month)) {
            of.put(day, what);
          }
        });
    return of;
  }

  /** What each account of a tenant holds before a day begins: by asset and kind. */
  Map<String, BigInteger> before(LocalDate day) {
    Map<String, BigInteger> balances = new TreeMap<>();
    days.forEach(
        (other, what) -> {
          if (other.isBefore(day)) {
            what.movements.forEach(
                (movement, sums) -> {
                  balances.merge(
                      movement.get(1) + " " + movement.get(3),
                      sums.units().negate(),
                      BigInteger::add);
                  balances.merge(
                      movement.get(1) + " " + movement.get(4), sums.units(), BigInteger::add);
                });
          }
        });
    return balances;
  }

  /** The tallies of a month, in order, by their ledgers. */
  Map<String, List<Tally>> tallies(YearMonth month) {
    Map<String, List<Tally>> of = new TreeMap<>();
    tallies.forEach(
        (ledger, all) -> {
          List<Tally> its =
              all.stream().filter(tally -> YearMonth.from(tally.day).equals(month)).toList();
          if (!its.isEmpty()) {
            of.put(ledger, its);
          }
        });
    return of;
  }

  /** Up to which commit of a ledger the journal tells what was charged. */
  long toldUpTo(String ledger) {
    return told.getOrDefault(ledger, 0L);
  }

  private Day day(LocalDate day) {
    return days.computeIfAbsent(day, any -> new Day());
  }

  private void tally(long index, Map<String, Object> said) {
    String ledger = Json.text(said, "ledger");
    long first = Json.whole(said, "firstCommit").longValueExact();
    long expected = told.getOrDefault(ledger, 0L) + 1;
    if (first != expected) {
      wrong.add(
          "entry %d begins with commit %d of %s and not with %d"
              .formatted(index, first, Words.printable(ledger), expected));
    }
    told.put(ledger, Json.whole(said, "lastCommit").longValueExact());
    LocalDate on = LocalDate.parse(Json.text(said, "day"));
    Day day = day(on);
    Map<String, BigInteger> cost = new TreeMap<>();
    List<Map<String, Object>> rows = Json.objects(said.get("charges"));
    for (Map<String, Object> row : rows) {
      charge(index, ledger, day, row, cost);
    }
    tallied(index, ledger, on, rows);
    Map<String, BigInteger> moved = new TreeMap<>();
    for (Map<String, Object> movement : Json.objects(said.get("movements"))) {
      String asset = Json.text(movement, "asset");
      if (Json.text(movement, "kind").equals(CHARGE)) {
        moved.merge(asset, Json.whole(movement, "units"), BigInteger::add);
      }
      move(day, ledger, movement, Sums.of(movement, Json.whole(movement, "postings")));
    }
    cost.values().removeIf(units -> units.signum() == 0);
    if (!cost.equals(moved)) {
      wrong.add("entry " + index + ": its charges are " + cost + ", but " + moved + " was taken");
    }
  }

  private void tallied(long index, String ledger, LocalDate day, List<Map<String, Object>> rows) {
    List<Tally> before = tallies.computeIfAbsent(ledger, any -> new ArrayList<>());
    long from = before.isEmpty() ? 0 : before.getLast().end;
    long end = from;
    Map<List<String>, BigInteger> used = new TreeMap<>(Books::compare);
    for (Map<String, Object> row : rows) {
      String meter = Json.text(row, "meter");
      if (SAID_BY_ENTRIES.contains(meter)) {
        BigInteger quantity = Json.whole(row, "quantity").multiply(Json.whole(row, "times"));
        used.merge(List.of(Json.text(row, "key"), meter), quantity, BigInteger::add);
      }
      end = Math.max(end, Json.whole(row, "endEntry").longValueExact());
    }
    before.add(new Tally(index, day, from, end, used));
  }

  private void charge(
      long index, String ledger, Day day, Map<String, Object> row, Map<String, BigInteger> cost) {
    String meter = Json.text(row, "meter");
    String version = Json.text(row, "prices");
    BigInteger quantity = Json.whole(row, "quantity");
    BigInteger units = Json.whole(row, "units");
    BigInteger times = Json.whole(row, "times");
    PriceLists.PriceListFile list = prices.version(version);
    PriceLists.Price price = list.prices().get(meter);
    if (price == null) {
      wrong.add("entry " + index + ": its price list has no meter " + Words.printable(meter));
      return;
    }
    BigInteger due = price.of(quantity);
    boolean free = units.signum() == 0 && due.signum() > 0;
    if (!free && !due.equals(units)) {
      wrong.add(
          "entry %d: %s of %s cost %s by its price list, but %s was charged"
              .formatted(index, quantity, meter, due, units));
    }
    Instant since = Instant.parse(Json.text(row, "since"));
    if (since.isBefore(list.effective()) || prices.isSuperseded(version, since)) {
      wrong.add("entry " + index + ": its price list was not in force at " + since);
    }
    charges += times.longValueExact();
    cost.merge(price.asset(), units.multiply(times), BigInteger::add);
    BigInteger used = quantity.multiply(times);
    Sums sums =
        new Sums(
            used,
            free ? used : BigInteger.ZERO,
            units.multiply(times),
            times,
            Json.whole(row, "firstCommit"),
            Json.whole(row, "lastCommit"),
            Json.whole(row, "firstEntry"),
            Json.whole(row, "endEntry"));
    List<String> line = List.of(ledger, Json.text(row, "key"), meter, price.asset(), version);
    day.lines.merge(line, sums, Sums::and);
  }

  /** What the journal posted; what the ledgers' own records say about escrows is in the tallies. */
  private void posted(long index, Instant committed, Map<String, Object> said) {
    Day day = day(committed.atOffset(ZoneOffset.UTC).toLocalDate());
    for (Map<String, Object> posting : Json.objects(said.get("postings"))) {
      String kind = Json.text(posting, "kind");
      String from = account(Json.text(posting, "from"));
      boolean ofALedger = from.equals(ESCROW) && (kind.equals(CHARGE) || kind.equals(GRANT_EXPIRY));
      if (!ofALedger) {
        Map<String, Object> movement =
            Map.of(
                "asset",
                Json.text(posting, "asset"),
                "kind",
                kind,
                "from",
                from,
                "to",
                account(Json.text(posting, "to")),
                "units",
                Json.text(posting, "amount"),
                "firstEntry",
                index,
                "endEntry",
                index + 1);
        move(day, Journal.LEDGER, movement, Sums.of(movement, BigInteger.ONE));
      }
    }
  }

  private static void move(Day day, String ledger, Map<String, Object> movement, Sums sums) {
    List<String> of =
        List.of(
            ledger,
            Json.text(movement, "asset"),
            Json.text(movement, "kind"),
            Json.text(movement, "from"),
            Json.text(movement, "to"));
    day.movements.merge(of, sums, Sums::and);
  }

  /** The kind of an account: what stands before its detail. */
  private static String account(String name) {
    int colon = name.indexOf(':');
    return colon < 0 ? name : name.substring(0, colon);
  }
}
