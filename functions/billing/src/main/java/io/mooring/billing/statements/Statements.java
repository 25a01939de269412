package io.mooring.billing.statements;

import io.mooring.billing.BookedDay;
import io.mooring.billing.DayFold;
import io.mooring.billing.PriceBook;
import io.mooring.billing.Standing;
import io.mooring.billing.Statement;
import io.mooring.billing.Statement.OfLedger;
import io.mooring.platform.LedgerId;
import io.mooring.platform.TenantId;
import io.mooring.platform.blob.Blobs;
import io.mooring.platform.commit.CommitStore;
import io.mooring.platform.commit.Commits;
import io.mooring.platform.problem.PlatformRefusal;
import io.mooring.platform.problem.RefusedException;
import io.mooring.platform.table.DerivedItems;
import io.mooring.platform.table.Table;
import java.time.InstantSource;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The statements of tenants, each put together from the booked days of all of its ledgers. */
public final class Statements {
  private final Days days;
  private final Commits commits;
  private final Ledgers ledgers;
  private final InstantSource clock;

  public Statements(
      CommitStore store,
      Blobs blobs,
      Table table,
      DerivedItems items,
      PriceBook prices,
      InstantSource clock) {
    this.days = new Days(store, blobs, table, items, prices);
    this.commits = new Commits(store, blobs);
    this.ledgers = new Ledgers(table);
    this.clock = clock;
  }

  /** The months of which there are statements: from the tenant's first to the present one. */
  public List<YearMonth> months(TenantId tenant) {
    List<YearMonth> months = new ArrayList<>();
    commits
        .read(LedgerId.journal(tenant), 1)
        .ifPresent(
            first -> {
              YearMonth now = now();
              for (YearMonth month = month(first.timeMillis());
                  !month.isAfter(now);
                  month = month.plusMonths(1)) {
                months.add(month);
              }
            });
    return months;
  }

  public boolean isComplete(YearMonth month) {
    return month.isBefore(now());
  }

  public Statement statement(TenantId tenant, YearMonth month) {
    if (!months(tenant).contains(month)) {
      throw new RefusedException(
          StatementRefusal.NO_STATEMENT, "the tenant has no statement of " + month);
    }
    boolean complete = isComplete(month);
    List<OfLedger> ofLedgers =
        ledgers.of(tenant).stream().map(ledger -> days.month(ledger, month)).toList();
    return Statement.of(tenant.value(), month, complete, ofLedgers);
  }

  /** What the tenant had at a moment that has passed: after the last commit that is not later. */
  public Standing at(TenantId tenant, long millis) {
    if (millis > clock.millis()) {
      throw new RefusedException(
          PlatformRefusal.PARAMETER_INVALID,
          "at is a moment that has not come",
          "Send one that has passed; GET /v1/credits has what there is now.");
    }
    return ledgers.of(tenant).stream()
        .map(ledger -> days.at(ledger, millis))
        .reduce(Standing.NOTHING, Standing::plus);
  }

  /** The bytes that each ledger stored at the end of each day of a month, added up. */
  public Map<LedgerId, Long> byteDays(TenantId tenant, YearMonth month) {
    Map<LedgerId, Long> byteDays = new LinkedHashMap<>();
    ledgers.of(tenant).forEach(ledger -> byteDays.put(ledger, days.byteDays(ledger, month)));
    return byteDays;
  }

  /** Folds what was committed to a ledger since, so that the next statement is soon made. */
  BookedDay catchUp(LedgerId ledger) {
    return days.catchUp(ledger);
  }

  void forget(LedgerId ledger) {
    days.forget(ledger);
  }

  private YearMonth now() {
    return month(clock.millis());
  }

  private static YearMonth month(long millis) {
    return YearMonth.from(DayFold.day(millis));
  }
}
