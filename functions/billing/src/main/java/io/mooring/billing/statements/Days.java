package io.mooring.billing.statements;

import io.mooring.billing.BookedDay;
import io.mooring.billing.DayFold;
import io.mooring.billing.PriceBook;
import io.mooring.billing.Standing;
import io.mooring.billing.Statement.OfLedger;
import io.mooring.platform.LedgerId;
import io.mooring.platform.blob.Blobs;
import io.mooring.platform.commit.CarriedCommit;
import io.mooring.platform.commit.Commit;
import io.mooring.platform.commit.CommitStore;
import io.mooring.platform.commit.Commits;
import io.mooring.platform.commit.TamperedException;
import io.mooring.platform.problem.RefusedException;
import io.mooring.platform.table.DerivedItems;
import io.mooring.platform.table.DerivedItems.Derived;
import io.mooring.platform.table.Item;
import io.mooring.platform.table.Key;
import io.mooring.platform.table.Page;
import io.mooring.platform.table.Prefix;
import io.mooring.platform.table.Table;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The booked days of ledgers. A day that has ended is an item that never changes; the open one says
 * up to which commit it was folded, so that writing it late only means folding again, to the same
 * bytes.
 *
 * <pre>
 * pk                    sk                        v                 b
 * T#ten_acme#L#led_a#   DAY#2026-11#21#0000#      its last commit   {@link BookedDay}, deflated JSON
 * T#ten_acme#L#led_a#   DAYOPEN#                  its last commit   the same
 * </pre>
 *
 * <p><b>Trust:</b> a wrong day can show a wrong statement, never a wrong balance; folding again
 * shows it.
 *
 * <p><b>Loss:</b> it is folded again from the commits.
 */
final class Days {
  /** How many commits one request folds at most; the next one goes on from there. */
  static final int COMMITS_MAX = 20_000;

  private static final String DAY = "DAY";
  private static final String OPEN = "DAYOPEN";
  private static final int PAGE = 64;

  private final Commits commits;
  private final StoredBytes stored;
  private final Table table;
  private final DerivedItems items;
  private final PriceBook prices;

  Days(CommitStore store, Blobs blobs, Table table, DerivedItems items, PriceBook prices) {
    this.commits = new Commits(store, blobs);
    this.stored = new StoredBytes(commits);
    this.table = table;
    this.items = items;
    this.prices = prices;
  }

  /** Folds what was committed since; returns the open day, up to the tip. */
  BookedDay catchUp(LedgerId ledger) {
    BookedDay open = open(ledger);
    long tip = commits.tip(ledger).map(Commit::number).orElse(0L);
    long end = Math.min(tip, open.lastCommit() + COMMITS_MAX);
    while (open.lastCommit() < end) {
      var fold = new DayFold(prices, open);
      for (CarriedCommit carried : page(ledger, open.lastCommit() + 1)) {
        fold.add(Bookings.of(ledger, carried).storing(stored.bytes(ledger, carried)));
      }
      keep(ledger, fold);
      open = fold.open();
    }
    if (open.lastCommit() < tip) {
      throw new RefusedException(
          StatementRefusal.STATEMENT_BEHIND,
          "%d of %d commits of a ledger are folded".formatted(open.lastCommit(), tip));
    }
    return open;
  }

  /** Begins again from nothing at the next {@link #catchUp}. */
  void forget(LedgerId ledger) {
    items.delete(List.of(Key.of(ledger, OPEN)));
  }

  /** The days of a month, the open one last where it is of that month. */
  OfLedger month(LedgerId ledger, YearMonth month) {
    Month found = find(ledger, month);
    return new OfLedger(ledger.value(), found.opening, found.days);
  }

  /** The bytes that the ledger stored at the end of each day of a month, added up. */
  long byteDays(LedgerId ledger, YearMonth month) {
    Month found = find(ledger, month);
    long sum = 0;
    long bytes = found.stored;
    int next = 0;
    for (int day = 1; day <= month.lengthOfMonth(); day++) {
      while (next < found.days.size() && found.days.get(next).day().getDayOfMonth() == day) {
        bytes = found.days.get(next++).stored().after();
      }
      sum = Math.addExact(sum, bytes);
    }
    return sum;
  }

  /** The days of a month, and what was before them. */
  private record Month(Standing opening, long stored, List<BookedDay> days) {
    static Month beginning(BookedDay first, List<BookedDay> days) {
      return new Month(first.opening(), first.stored().before(), days);
    }
  }

  private Month find(LedgerId ledger, YearMonth month) {
    BookedDay open = catchUp(ledger);
    List<BookedDay> days = new ArrayList<>();
    Optional<BookedDay> later = Optional.empty();
    Key last = Key.of(ledger, DAY, month.toString(), "00", "0000");
    for (boolean more = true; more && later.isEmpty(); ) {
      Page page = table.after(Prefix.of(ledger, DAY), last, PAGE);
      for (Item item : page.items()) {
        BookedDay day = BookedDayJson.read(item.body());
        if (isOf(month, day)) {
          days.add(day);
        } else if (later.isEmpty()) {
          later = Optional.of(day);
        }
        last = item.key();
      }
      more = page.more();
    }
    if (isOf(month, open) && open.lastCommit() > 0) {
      days.add(open);
    }
    if (!days.isEmpty()) {
      return Month.beginning(days.getFirst(), days);
    }
    BookedDay next = later.orElse(open);
    return YearMonth.from(next.day()).isBefore(month)
        ? new Month(next.closing(), next.stored().after(), days)
        : Month.beginning(next, days);
  }

  /** The standing at a moment: that before its part of the day, and of the commits up to it. */
  Standing at(LedgerId ledger, long millis) {
    LocalDate date = DayFold.day(millis);
    OfLedger month = month(ledger, YearMonth.from(date));
    List<BookedDay> parts =
        month.days().stream().filter(part -> !part.day().isBefore(date)).toList();
    if (parts.isEmpty()) {
      return month.closing();
    }
    int first = 0;
    int later = (int) parts.stream().filter(part -> part.day().equals(date)).count();
    while (later - first > 1) {
      int middle = (first + later) >>> 1;
      if (begin(ledger, parts.get(middle)) > millis) {
        later = middle;
      } else {
        first = middle;
      }
    }
    return within(ledger, parts.get(first), millis);
  }

  private long begin(LedgerId ledger, BookedDay part) {
    return commits
        .read(ledger, part.firstCommit())
        .map(Commit::timeMillis)
        .orElseThrow(() -> new TamperedException("a commit that was folded is gone"));
  }

  private Standing within(LedgerId ledger, BookedDay part, long millis) {
    Standing standing = part.opening();
    long next = part.firstCommit();
    while (next <= part.lastCommit()) {
      List<CarriedCommit> page = page(ledger, next);
      for (CarriedCommit carried : page) {
        if (carried.commit().timeMillis() > millis) {
          return standing;
        }
        for (DayFold.Written written : Bookings.of(ledger, carried).postings()) {
          standing = standing.plus(written.posting());
        }
      }
      if (page.isEmpty()) {
        throw new TamperedException("a commit that was folded is gone");
      }
      next += page.size();
    }
    return standing;
  }

  private static boolean isOf(YearMonth month, BookedDay day) {
    return YearMonth.from(day.day()).equals(month);
  }

  private BookedDay open(LedgerId ledger) {
    return items.get(List.of(Key.of(ledger, OPEN))).stream()
        .map(derived -> BookedDayJson.read(derived.item().body()))
        .findFirst()
        .orElse(BookedDay.beforeAll(ledger.value()));
  }

  /** The ended days first: an open day never stands without those before it. */
  private void keep(LedgerId ledger, DayFold fold) {
    List<Derived> ended = new ArrayList<>();
    for (BookedDay day : fold.closed()) {
      Key key =
          Key.of(
              ledger,
              DAY,
              YearMonth.from(day.day()).toString(),
              "%02d".formatted(day.day().getDayOfMonth()),
              "%04d".formatted(day.part()));
      ended.add(derived(key, day));
    }
    if (!ended.isEmpty()) {
      items.put(ended);
    }
    items.put(List.of(derived(Key.of(ledger, OPEN), fold.open())));
  }

  private static Derived derived(Key key, BookedDay day) {
    return new Derived(new Item(key, day.lastCommit(), BookedDayJson.write(day)), Derived.NEVER);
  }

  private List<CarriedCommit> page(LedgerId ledger, long from) {
    List<CarriedCommit> page = new ArrayList<>();
    for (Commit commit : commits.range(ledger, from, PAGE)) {
      page.add(new CarriedCommit(commit, commits.body(ledger, commit)));
    }
    return page;
  }
}
