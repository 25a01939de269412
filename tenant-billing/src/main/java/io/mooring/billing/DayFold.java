package io.mooring.billing;

import io.mooring.billing.BookedDay.Stored;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Folds the commits of one ledger, in order, into days in UTC. It can be put down after any commit
 * and taken up again from the day that was open. Not thread-safe.
 */
public final class DayFold {
  /** A day with more lines goes on as another part of itself. */
  public static final int LINES_MAX = 1_000;

  /** And one of more commits, so that any moment of it is found by reading no more than that. */
  public static final long COMMITS_MAX = 20_000;

  /**
   * What one commit says about credits.
   *
   * @param bytes how many bytes more the ledger stores after it, or less where some were erased
   */
  public record Booked(
      long commit, long timeMillis, List<Charged> charged, List<Written> postings, long bytes) {
    public Booked {
      charged = List.copyOf(charged);
      postings = List.copyOf(postings);
    }

    /** Of a commit of which it does not matter what it stores. */
    public Booked(long commit, long timeMillis, List<Charged> charged, List<Written> postings) {
      this(commit, timeMillis, charged, postings, 0);
    }

    public Booked storing(long bytes) {
      return new Booked(commit, timeMillis, charged, postings, bytes);
    }
  }

  /** A posting, and the index of the entry that says it; of charges, that of the first entry. */
  public record Written(Posting posting, long entry) {}

  private final PriceBook prices;
  private final List<BookedDay> closed = new ArrayList<>();
  private BookedDay open;
  private Standing standing;
  private long bytes;
  private final SortedMap<UsageLine.Of, UsageLine> lines = new TreeMap<>();
  private final List<Movement> movements = new ArrayList<>();

  public DayFold(PriceBook prices, BookedDay open) {
    this.prices = prices;
    this.open = open;
    this.standing = open.closing();
    this.bytes = open.stored().after();
    open.lines().forEach(line -> lines.put(line.of(), line));
    movements.addAll(open.movements());
  }

  public void add(Booked booked) {
    if (booked.commit() != open.lastCommit() + 1) {
      throw new IllegalArgumentException(
          "commit " + booked.commit() + " does not follow " + open.lastCommit());
    }
    LocalDate day = day(booked.timeMillis());
    boolean another = day.isAfter(open.day());
    if (another || isFull()) {
      turn(another ? day : open.day(), another ? 0 : open.part() + 1);
    }
    booked.charged().forEach(write -> charge(booked.commit(), write));
    booked.postings().forEach(this::move);
    bytes = Math.addExact(bytes, booked.bytes());
    open = with(booked.commit());
  }

  /** The days that have ended since this was made, and are final. */
  public List<BookedDay> closed() {
    return List.copyOf(closed);
  }

  /** The day that later commits may still add to. */
  public BookedDay open() {
    return new BookedDay(
        open.ledger(),
        open.day(),
        open.part(),
        open.firstCommit(),
        open.lastCommit(),
        open.opening(),
        standing,
        List.copyOf(lines.values()),
        movements,
        new Stored(open.stored().before(), bytes));
  }

  public static LocalDate day(long millis) {
    return Instant.ofEpochMilli(millis).atOffset(ZoneOffset.UTC).toLocalDate();
  }

  private boolean isFull() {
    return lines.size() >= LINES_MAX || open.lastCommit() - open.firstCommit() + 1 >= COMMITS_MAX;
  }

  private void turn(LocalDate day, int part) {
    if (open.lastCommit() > 0) {
      closed.add(open());
    }
    open =
        new BookedDay(
            open.ledger(),
            day,
            part,
            open.lastCommit() + 1,
            open.lastCommit(),
            standing,
            standing,
            List.of(),
            List.of(),
            new Stored(bytes, bytes));
    lines.clear();
    movements.clear();
  }

  private BookedDay with(long lastCommit) {
    return new BookedDay(
        open.ledger(),
        open.day(),
        open.part(),
        open.firstCommit(),
        lastCommit,
        open.opening(),
        standing,
        List.of(),
        List.of(),
        open.stored());
  }

  private void charge(long commit, Charged write) {
    var span = new UsageLine.Span(commit, commit, write.firstEntry(), write.endEntry());
    for (Charge charge : write.charges()) {
      var of =
          new UsageLine.Of(
              open.day(), open.ledger(), write.key(), charge.meter(), charge.priceVersion());
      long free = prices.wasFree(charge) ? charge.quantity() : 0;
      lines.merge(
          of, new UsageLine(of, charge.quantity(), free, charge.units(), 1, span), UsageLine::and);
    }
  }

  private void move(Written written) {
    standing = standing.plus(written.posting());
    Movement.of(open.ledger(), written).addTo(movements);
  }
}
