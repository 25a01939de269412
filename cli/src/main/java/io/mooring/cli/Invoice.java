package io.mooring.cli;

import java.math.BigInteger;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiPredicate;

/** An invoice as it was given, compared with books that were kept again. */
final class Invoice {
  private static final List<String> ASSETS = List.of("CPC", "ITC");

  private final Map<String, Object> given;
  private final YearMonth month;
  private final Books books;

  /** What differs for no good reason, and what does because the journal does not tell it yet. */
  private final List<String> wrong = new ArrayList<>();

  private final TreeSet<String> behind = new TreeSet<>();

  private Invoice(Map<String, Object> given, YearMonth month, Books books) {
    this.given = given;
    this.month = month;
    this.books = books;
  }

  static Finding judge(Map<String, Object> given, YearMonth month, Books books) {
    if (!Json.text(given, "month").equals(month.toString())) {
      return Finding.invalid("invoice", "it is of another month");
    }
    return new Invoice(given, month, books).judge();
  }

  private Finding judge() {
    Map<String, Sums> lines = lines();
    compare(
        "usage",
        lines,
        givenLines(),
        (line, its) -> isBehind(line.split(" ", -1)[1], its.lastCommit()));
    compare(
        "movement",
        movements(),
        givenMovements(),
        (movement, its) -> behind.contains(movement.split(" ", -1)[0]));
    balances();
    burnDown();
    if (!wrong.isEmpty()) {
      return Finding.invalid("invoice", Words.printable(wrong.getFirst()));
    }
    if (!behind.isEmpty()) {
      return Finding.unknown(
          "invoice",
          "the journal does not tell yet all that was charged in "
              + Words.printable(String.join(", ", behind))
              + "; it does so after the day is over");
    }
    return Finding.valid(
        "invoice",
        Words.count(lines.size(), "line", "lines") + ", movements and balances, each to the unit");
  }

  private Map<String, Sums> lines() {
    Map<String, Sums> lines = new TreeMap<>();
    books
        .of(month)
        .forEach(
            (day, what) ->
                what.lines.forEach(
                    (line, sums) -> lines.put(day + " " + String.join(" ", line), sums)));
    return lines;
  }

  private Map<String, Sums> givenLines() {
    Map<String, Sums> lines = new TreeMap<>();
    for (Map<String, Object> line : Json.objects(given.get("usage"))) {
      put(lines, line, Sums.ofLine(line), "day", "ledger", "key", "meter", "asset", "prices");
    }
    return lines;
  }

  private Map<String, Sums> movements() {
    Map<String, Sums> movements = new TreeMap<>();
    books
        .of(month)
        .values()
        .forEach(
            what ->
                what.movements.forEach(
                    (movement, sums) ->
                        movements.merge(String.join(" ", movement), sums, Sums::and)));
    return movements;
  }

  private Map<String, Sums> givenMovements() {
    Map<String, Sums> movements = new TreeMap<>();
    for (Map<String, Object> movement : Json.objects(given.get("movements"))) {
      Sums sums = Sums.of(movement, Json.whole(movement, "postings"));
      put(movements, movement, sums, "ledger", "asset", "kind", "from", "to");
    }
    return movements;
  }

  /** A line that stands twice is as wrong as one that is missing. */
  private void put(Map<String, Sums> lines, Map<String, Object> line, Sums sums, String... names) {
    List<String> of = new ArrayList<>();
    for (String name : names) {
      of.add(Json.text(line, name));
    }
    if (lines.put(String.join(" ", of), sums) != null) {
      wrong.add("it has a line twice: " + String.join(" ", of));
    }
  }

  /** Whether the journal cannot tell yet what was charged up to that commit. */
  private boolean isBehind(String ledger, BigInteger commit) {
    boolean isBehind = commit.compareTo(BigInteger.valueOf(books.toldUpTo(ledger))) > 0;
    if (isBehind) {
      behind.add(ledger);
    }
    return isBehind;
  }

  private void compare(
      String what,
      Map<String, Sums> own,
      Map<String, Sums> theirs,
      BiPredicate<String, Sums> isBehind) {
    TreeSet<String> all = new TreeSet<>(own.keySet());
    all.addAll(theirs.keySet());
    for (String line : all) {
      Sums mine = own.getOrDefault(line, Sums.NOTHING);
      Sums its = theirs.getOrDefault(line, Sums.NOTHING);
      boolean more = mine.units().compareTo(its.units()) <= 0 && isBehind.test(line, its);
      if (!mine.equals(its) && !more) {
        wrong.add(
            "%s %s: the journal makes it %s, the invoice %s"
                .formatted(what, line, mine.inWords(), its.inWords()));
      }
    }
  }

  private void balances() {
    for (Map<String, Object> balance : Json.objects(given.get("balances"))) {
      String asset = Json.text(balance, "asset");
      standing("opening", asset, month.atDay(1), Json.object(balance.get("opening")));
      standing("closing", asset, month.plusMonths(1).atDay(1), Json.object(balance.get("closing")));
      BigInteger charged =
          books.of(month).values().stream()
              .flatMap(day -> day.lines.entrySet().stream())
              .filter(line -> line.getKey().get(3).equals(asset))
              .map(line -> line.getValue().units())
              .reduce(BigInteger.ZERO, BigInteger::add);
      same(asset + " charged", charged, Json.whole(balance, "charged"));
    }
    List<String> assets =
        Json.objects(given.get("balances")).stream().map(of -> Json.text(of, "asset")).toList();
    if (!assets.equals(ASSETS)) {
      wrong.add("its balances are of " + assets);
    }
  }

  private void burnDown() {
    for (Map<String, Object> left : Json.objects(given.get("burnDown"))) {
      LocalDate day = LocalDate.parse(Json.text(left, "day"));
      standing("end of " + day, Json.text(left, "asset"), day.plusDays(1), left);
    }
  }

  private void standing(String when, String asset, LocalDate before, Map<String, Object> theirs) {
    Map<String, BigInteger> own = books.before(before);
    String of = asset + " " + when;
    same(
        of + " available",
        of(own, asset, "prepaid").add(of(own, asset, "promo")),
        Json.whole(theirs, "available"));
    same(of + " held", of(own, asset, "held"), Json.whole(theirs, "held"));
    same(of + " in escrow", of(own, asset, "escrow"), Json.whole(theirs, "escrow"));
    same(of + " owed", of(own, asset, "receivable").negate(), Json.whole(theirs, "owed"));
  }

  private static BigInteger of(Map<String, BigInteger> balances, String asset, String kind) {
    return balances.getOrDefault(asset + " " + kind, BigInteger.ZERO);
  }

  private void same(String what, BigInteger own, BigInteger theirs) {
    if (!own.equals(theirs) && behind.isEmpty()) {
      wrong.add(what + ": the journal makes it " + own + ", the invoice " + theirs);
    }
  }
}
