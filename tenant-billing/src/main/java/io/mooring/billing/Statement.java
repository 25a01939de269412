package io.mooring.billing;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a tenant used, paid and had in one month: put together from the booked days of all of its
 * ledgers and from nothing else. Once the month is over it is the invoice, and never changes.
 *
 * @param complete whether the month was over when this was made
 * @param burnDown what was left at the end of each day on which something was booked
 */
public record Statement(
    String tenant,
    YearMonth month,
    boolean complete,
    Standing opening,
    Standing closing,
    List<UsageLine> lines,
    List<Movement> movements,
    List<Through> through,
    SortedMap<LocalDate, Standing> burnDown) {
  private static final Comparator<Movement> ORDER =
      Comparator.comparing(Movement::asset)
          .thenComparing(Movement::ledger)
          .thenComparing(Movement::kind)
          .thenComparing(Movement::from)
          .thenComparing(Movement::to);

  public Statement {
    lines = List.copyOf(lines);
    movements = List.copyOf(movements);
    through = List.copyOf(through);
  }

  /** Up to which commit a ledger was read for this. */
  public record Through(String ledger, long commit) {}

  /** What is known of one ledger: its standing as the month began, and its days in the month. */
  public record OfLedger(String ledger, Standing opening, List<BookedDay> days) {
    public OfLedger {
      days = List.copyOf(days);
    }

    public Standing closing() {
      return days.isEmpty() ? opening : days.getLast().closing();
    }
  }

  public static Statement of(
      String tenant, YearMonth month, boolean complete, Collection<OfLedger> ledgers) {
    List<UsageLine> lines = new ArrayList<>();
    List<Movement> movements = new ArrayList<>();
    List<Through> through = new ArrayList<>();
    Standing opening = Standing.NOTHING;
    Standing closing = Standing.NOTHING;
    for (OfLedger ledger : ledgers) {
      opening = opening.plus(ledger.opening());
      closing = closing.plus(ledger.closing());
      for (BookedDay day : ledger.days()) {
        lines.addAll(day.lines());
        day.movements().forEach(movement -> movement.addTo(movements));
      }
      if (!ledger.days().isEmpty()) {
        through.add(new Through(ledger.ledger(), ledger.days().getLast().lastCommit()));
      }
    }
    movements.sort(ORDER);
    through.sort(Comparator.comparing(Through::ledger));
    return new Statement(
        tenant,
        month,
        complete,
        opening,
        closing,
        merged(lines),
        movements,
        through,
        burnDown(ledgers));
  }

  /** What all usage of the month cost. */
  public long charged(Asset asset) {
    return lines.stream()
        .filter(line -> line.of().meter().asset() == asset)
        .mapToLong(UsageLine::units)
        .reduce(0, Math::addExact);
  }

  /** What moved for one reason in the month. */
  public long moved(Asset asset, Posting.Kind kind) {
    return movements.stream()
        .filter(movement -> movement.asset() == asset && movement.kind() == kind)
        .mapToLong(Movement::units)
        .reduce(0, Math::addExact);
  }

  /** Joins the parts of a day that had more lines than one part takes. */
  private static List<UsageLine> merged(List<UsageLine> lines) {
    var merged = new TreeMap<UsageLine.Of, UsageLine>();
    lines.forEach(line -> merged.merge(line.of(), line, UsageLine::and));
    return List.copyOf(merged.values());
  }

  private static SortedMap<LocalDate, Standing> burnDown(Collection<OfLedger> ledgers) {
    var changes = new TreeMap<LocalDate, Map<String, Standing>>();
    Map<String, Standing> standings = new TreeMap<>();
    for (OfLedger ledger : ledgers) {
      standings.put(ledger.ledger(), ledger.opening());
      for (BookedDay day : ledger.days()) {
        changes
            .computeIfAbsent(day.day(), any -> new TreeMap<>())
            .put(ledger.ledger(), day.closing());
      }
    }
    var burnDown = new TreeMap<LocalDate, Standing>();
    changes.forEach(
        (day, changed) -> {
          standings.putAll(changed);
          burnDown.put(day, standings.values().stream().reduce(Standing.NOTHING, Standing::plus));
        });
    return burnDown;
  }
}
