package io.mooring.billing;

import io.mooring.billing.DayFold.Booked;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Folds the commits of one ledger, in order, into tallies. Not thread-safe. */
public final class TallyFold {
  /** A tally with so many rows takes no more commits. */
  public static final int ROWS_MAX = 1_000;

  /** A tally of so many commits takes no more of them. */
  public static final long COMMITS_MAX = 20_000;

  private final String ledger;
  private final List<Tally> closed = new ArrayList<>();
  private final Map<Row, Tally.Row> rows = new LinkedHashMap<>();
  private final List<Movement> movements = new ArrayList<>();
  private LocalDate day = LocalDate.EPOCH;
  private long firstCommit;
  private long lastCommit;

  /** Charges that have this in common are one row. */
  private record Row(String key, Meter meter, String prices, long quantity, long units) {}

  /** Begins after the last commit that is told already. */
  public TallyFold(String ledger, long lastTold) {
    this.ledger = ledger;
    this.firstCommit = lastTold + 1;
    this.lastCommit = lastTold;
  }

  public void add(Booked booked) {
    if (booked.commit() != lastCommit + 1) {
      throw new IllegalArgumentException(
          "commit " + booked.commit() + " does not follow " + lastCommit);
    }
    boolean says = !booked.charged().isEmpty() || !booked.postings().isEmpty();
    LocalDate on = DayFold.day(booked.timeMillis());
    if (says && (!on.equals(day) || isFull())) {
      close();
      day = on;
    }
    for (Charged write : booked.charged()) {
      var span =
          new UsageLine.Span(
              booked.commit(), booked.commit(), write.firstEntry(), write.endEntry());
      write.charges().forEach(charge -> add(write.key(), charge, span, booked.timeMillis()));
    }
    booked.postings().forEach(written -> Movement.of(ledger, written).addTo(movements));
    lastCommit = booked.commit();
  }

  /** Those that take no more commits, in order. */
  public List<Tally> closed() {
    return List.copyOf(closed);
  }

  /** The one that later commits may still add to, if it says anything. */
  public Optional<Tally> open() {
    var tally =
        new Tally(ledger, day, firstCommit, lastCommit, List.copyOf(rows.values()), movements);
    return tally.isEmpty() ? Optional.empty() : Optional.of(tally);
  }

  private boolean isFull() {
    return rows.size() >= ROWS_MAX || lastCommit - firstCommit + 1 >= COMMITS_MAX;
  }

  private void close() {
    open()
        .ifPresent(
            tally -> {
              closed.add(tally);
              firstCommit = lastCommit + 1;
            });
    rows.clear();
    movements.clear();
  }

  private void add(String key, Charge charge, UsageLine.Span span, long millis) {
    var like =
        new Row(key, charge.meter(), charge.priceVersion(), charge.quantity(), charge.units());
    var row =
        new Tally.Row(
            key,
            charge.meter(),
            charge.priceVersion(),
            charge.quantity(),
            charge.units(),
            1,
            span,
            millis,
            millis);
    rows.merge(like, row, Tally.Row::and);
  }
}
