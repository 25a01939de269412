package io.mooring.billing;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/**
 * A statement as comma-separated values (RFC 4180): one header, then records of four kinds, each
 * with as many fields as the header; what a kind does not have is empty.
 */
public final class StatementCsv {
  static final List<String> HEADER =
      List.of(
          "record",
          "day",
          "ledger",
          "key",
          "meter",
          "asset",
          "prices",
          "quantity",
          "free",
          "units",
          "charges",
          "first_commit",
          "last_commit",
          "first_entry",
          "end_entry",
          "kind",
          "from",
          "to");

  private static final String LINE_END = "\r\n";
  private static final String NEEDS_QUOTES = ",\"\r\n";

  // What a spreadsheet would take for a formula; an apostrophe makes it text.
  private static final String FORMULA = "=+-@\t\r";

  private final StringBuilder csv = new StringBuilder();

  private StatementCsv() {}

  public static String write(Statement statement) {
    var csv = new StatementCsv();
    csv.record(HEADER.toArray());
    for (Asset asset : Asset.values()) {
      csv.balance(asset, statement.month().atDay(1), "opening", statement.opening());
      csv.balance(asset, statement.month().atEndOfMonth(), "closing", statement.closing());
      csv.total(asset, statement.charged(asset));
    }
    statement
        .burnDown()
        .forEach(
            (day, standing) -> {
              for (Asset asset : Asset.values()) {
                csv.balance(asset, day, "left", standing);
              }
            });
    statement.movements().forEach(csv::movement);
    statement.lines().forEach(csv::usage);
    return csv.csv.toString();
  }

  private void balance(Asset asset, LocalDate day, String kind, Standing standing) {
    for (Map.Entry<Account.Kind, Long> account :
        standing.units().getOrDefault(asset, Map.of()).entrySet()) {
      String name = Words.of(account.getKey());
      record(
          "balance",
          day,
          "",
          "",
          "",
          asset,
          "",
          "",
          "",
          account.getValue(),
          "",
          "",
          "",
          "",
          "",
          kind,
          name,
          "");
    }
  }

  private void total(Asset asset, long charged) {
    record(
        "total", "", "", "", "", asset, "", "", "", charged, "", "", "", "", "", "charged", "", "");
  }

  private void movement(Movement movement) {
    record(
        "movement",
        "",
        movement.ledger(),
        "",
        "",
        movement.asset(),
        "",
        "",
        "",
        movement.units(),
        movement.postings(),
        "",
        "",
        movement.firstEntry(),
        movement.endEntry(),
        Words.of(movement.kind()),
        Words.of(movement.from()),
        Words.of(movement.to()));
  }

  private void usage(UsageLine line) {
    record(
        "usage",
        line.of().day(),
        text(line.of().ledger()),
        text(line.of().key()),
        line.of().meter().wireName(),
        line.of().meter().asset(),
        line.of().prices(),
        line.quantity(),
        line.freeQuantity(),
        line.units(),
        line.charges(),
        line.span().firstCommit(),
        line.span().lastCommit(),
        line.span().firstEntry(),
        line.span().endEntry(),
        "",
        "",
        "");
  }

  private void record(Object... fields) {
    if (fields.length != HEADER.size()) {
      throw new AssertionError("a record has " + HEADER.size() + " fields, not " + fields.length);
    }
    for (int i = 0; i < fields.length; i++) {
      csv.append(i == 0 ? "" : ",").append(quoted(fields[i].toString()));
    }
    csv.append(LINE_END);
  }

  private static String text(String text) {
    return !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
  }

  private static String quoted(String field) {
    boolean needs = field.chars().anyMatch(c -> NEEDS_QUOTES.indexOf(c) >= 0);
    return needs ? "\"" + field.replace("\"", "\"\"") + "\"" : field;
  }
}
