package io.mooring.billing.statements;

import io.mooring.billing.Account;
import io.mooring.billing.Asset;
import io.mooring.billing.Movement;
import io.mooring.billing.Standing;
import io.mooring.billing.Statement;
import io.mooring.billing.UsageLine;
import io.mooring.billing.Words;
import java.util.ArrayList;
import java.util.List;

/** A statement for people and their files: what the JSON says, in tables. */
public final class StatementPdf {
  private static final String BALANCE = "%-5s %-10s %20s %20s %20s %20s";
  private static final String MOVEMENT = "%-5s %-15s %-10s %-10s %20s %9s  %-30s %s";
  private static final String USAGE = "%-10s %-30s %-30s %-18s %16s %12s %16s %-5s %s";

  private StatementPdf() {}

  public static byte[] write(Statement statement) {
    return TextPdf.write(lines(statement));
  }

  static List<String> lines(Statement statement) {
    List<String> prices =
        statement.lines().stream().map(line -> line.of().prices()).distinct().sorted().toList();
    List<String> lines = new ArrayList<>();
    lines.add((statement.complete() ? "Invoice" : "Statement so far") + " " + statement.month());
    lines.add("Tenant " + statement.tenant());
    lines.add("");
    lines.add(BALANCE.formatted("", "", "available", "held", "escrow", "owed").stripTrailing());
    for (Asset asset : Asset.values()) {
      lines.add(balance(asset, "opening", statement.opening()));
      lines.add(balance(asset, "closing", statement.closing()));
      lines.add("%-5s %-10s %20d".formatted(asset, "charged", statement.charged(asset)));
    }
    lines.add("");
    lines.add(
        MOVEMENT.formatted("", "kind", "from", "to", "units", "postings", "ledger", "entries"));
    statement.movements().forEach(movement -> lines.add(movement(movement)));
    lines.add("");
    lines.add(
        USAGE.formatted(
            "day", "ledger", "key", "meter", "quantity", "free", "units", "list", "commits"));
    for (UsageLine line : statement.lines()) {
      lines.add(usage(line, prices.indexOf(line.of().prices()) + 1));
    }
    lines.add("");
    lines.add("Left at the end of each day on which something was booked");
    statement
        .burnDown()
        .forEach(
            (day, standing) -> {
              for (Asset asset : Asset.values()) {
                lines.add(balance(asset, day.toString(), standing));
              }
            });
    lines.add("");
    for (int i = 0; i < prices.size(); i++) {
      lines.add("[" + (i + 1) + "] " + prices.get(i));
    }
    for (Statement.Through through : statement.through()) {
      lines.add("Read from " + through.ledger() + " up to commit " + through.commit());
    }
    return lines;
  }

  private static String balance(Asset asset, String when, Standing standing) {
    return BALANCE.formatted(
        asset,
        when,
        standing.available(asset),
        standing.of(asset, Account.Kind.HELD),
        standing.of(asset, Account.Kind.ESCROW),
        -standing.of(asset, Account.Kind.RECEIVABLE));
  }

  private static String movement(Movement movement) {
    return MOVEMENT.formatted(
        movement.asset(),
        Words.of(movement.kind()),
        Words.of(movement.from()),
        Words.of(movement.to()),
        movement.units(),
        movement.postings(),
        movement.ledger(),
        movement.firstEntry() + "-" + (movement.endEntry() - 1));
  }

  private static String usage(UsageLine line, int list) {
    return USAGE.formatted(
        line.of().day(),
        line.of().ledger(),
        line.of().key(),
        line.of().meter().wireName(),
        line.quantity(),
        line.freeQuantity(),
        line.units(),
        "[" + list + "]",
        line.span().firstCommit() + "-" + line.span().lastCommit());
  }
}
