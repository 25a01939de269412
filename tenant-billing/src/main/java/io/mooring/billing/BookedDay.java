package io.mooring.billing;

import java.time.LocalDate;
import java.util.List;

/**
 * What the commits of one ledger on one day say about credits, or a part of it where a day has more
 * lines than {@link DayFold#LINES_MAX}. It is a function of those commits and the standing before.
 */
public record BookedDay(
    String ledger,
    LocalDate day,
    int part,
    long firstCommit,
    long lastCommit,
    Standing opening,
    Standing closing,
    List<UsageLine> lines,
    List<Movement> movements,
    Stored stored) {
  public BookedDay {
    lines = List.copyOf(lines);
    movements = List.copyOf(movements);
  }

  /** How many bytes the ledger stored before its commits, and after them. */
  public record Stored(long before, long after) {
    public static final Stored NOTHING = new Stored(0, 0);
  }

  /** Before the ledger's first commit. */
  public static BookedDay beforeAll(String ledger) {
    return new BookedDay(
        ledger,
        LocalDate.EPOCH,
        0,
        1,
        0,
        Standing.NOTHING,
        Standing.NOTHING,
        List.of(),
        List.of(),
        Stored.NOTHING);
  }
}
