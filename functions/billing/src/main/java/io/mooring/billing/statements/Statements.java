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
import io.mooring.platform.problem.RefusedException;
import io.mooring.platform.table.DerivedItems;
import io.mooring.platform.table.Page;
import io.mooring.platform.table.Prefix;
import io.mooring.platform.table.Table;
import java.time.InstantSource;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;

/** The statements of tenants, each put together from the booked days of all of its ledgers. */
public final class Statements {
  private static final int PAGE = 1000;

  private final Days days;
  private final Commits commits;
  private final Table table;
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
    this.table = table;
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
    List<OfLedger> ledgers =
        ledgers(tenant).stream().map(ledger -> days.month(ledger, month)).toList();
    return Statement.of(tenant.value(), month, complete, ledgers);
  }

  /** What the tenant had at a moment: after the last commit that is not later. */
  public Standing at(TenantId tenant, long millis) {
    return ledgers(tenant).stream()
        .map(ledger -> days.at(ledger, millis))
        .reduce(Standing.NOTHING, Standing::plus);
  }

  /** Folds what was committed to a ledger since, so that the next statement is soon made. */
  BookedDay catchUp(LedgerId ledger) {
    return days.catchUp(ledger);
  }

  void forget(LedgerId ledger) {
    days.forget(ledger);
  }

  /** The journal, and every ledger that the tenant ever made. */
  private List<LedgerId> ledgers(TenantId tenant) {
    List<LedgerId> ledgers = new ArrayList<>();
    ledgers.add(LedgerId.journal(tenant));
    Prefix prefix = Prefix.of(tenant, "LEDGER");
    Page page = table.first(prefix, PAGE);
    while (true) {
      for (var item : page.items()) {
        String sort = item.key().sort();
        String id = sort.substring(prefix.sort().length(), sort.length() - 1);
        ledgers.add(new LedgerId(tenant, id));
      }
      if (!page.more()) {
        return ledgers;
      }
      page = table.after(prefix, page.items().getLast().key(), PAGE);
    }
  }

  private YearMonth now() {
    return month(clock.millis());
  }

  private static YearMonth month(long millis) {
    return YearMonth.from(DayFold.day(millis));
  }
}
