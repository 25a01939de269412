package io.mooring.billing;

import java.time.LocalDate;
import java.util.List;

/**
 * Everything that some successive commits of one ledger on one day charged: the journal tells it as
 * one entry, so that each charge stands in a leaf with its inputs. The tallies of a ledger follow
 * each other without a gap from its first commit on.
 *
 * @param firstCommit the one after the last of the tally before
 */
public record Tally(
    String ledger,
    LocalDate day,
    long firstCommit,
    long lastCommit,
    List<Row> rows,
    List<Movement> movements) {
  public Tally {
    rows = List.copyOf(rows);
    movements = List.copyOf(movements);
  }

  /**
   * Charges that are alike in everything but the write that was charged.
   *
   * @param quantity what each of them used
   * @param units what each of them cost
   * @param span in which commits and entries they stand
   * @param lastMillis the time of the last commit of them: from the first to it the list was in
   *     force
   */
  public record Row(
      String key,
      Meter meter,
      String prices,
      long quantity,
      long units,
      long times,
      UsageLine.Span span,
      long firstMillis,
      long lastMillis) {
    public Row {
      if (quantity < 1 || units < 0 || times < 1 || lastMillis < firstMillis) {
        throw new IllegalArgumentException(
            "not charges: " + times + " times " + quantity + " for " + units);
      }
    }

    Row and(Row other) {
      return new Row(
          key,
          meter,
          prices,
          quantity,
          units,
          Math.addExact(times, other.times),
          span.and(other.span),
          Math.min(firstMillis, other.firstMillis),
          Math.max(lastMillis, other.lastMillis));
    }

    Charge charge() {
      return new Charge(meter, quantity, units, prices);
    }
  }

  /** Whether it charged anything, or says more than that nothing happened. */
  public boolean isEmpty() {
    return rows.isEmpty() && movements.isEmpty();
  }

  /** What it adds to a statement, for a ledger of which {@code opening} is known before. */
  public BookedDay booked(PriceBook prices, Standing opening) {
    Standing closing = opening;
    for (Movement movement : movements) {
      closing = closing.plus(movement);
    }
    List<UsageLine> lines = rows.stream().map(row -> line(prices, row)).toList();
    return new BookedDay(
        ledger,
        day,
        0,
        firstCommit,
        lastCommit,
        opening,
        closing,
        lines,
        movements,
        BookedDay.Stored.NOTHING);
  }

  private UsageLine line(PriceBook prices, Row row) {
    long used = Math.multiplyExact(row.quantity, row.times);
    return new UsageLine(
        new UsageLine.Of(day, ledger, row.key, row.meter, row.prices),
        used,
        prices.wasFree(row.charge()) ? used : 0,
        Math.multiplyExact(row.units, row.times),
        row.times,
        row.span);
  }
}
