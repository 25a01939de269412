package io.mooring.billing.reconciliation;

import io.mooring.billing.Account;
import io.mooring.billing.Asset;
import io.mooring.billing.DayFold.Written;
import io.mooring.billing.Posting;
import io.mooring.billing.Reconciliation.Mismatch;
import io.mooring.billing.Standing;
import io.mooring.billing.Tally;
import io.mooring.billing.Words;
import io.mooring.billing.statements.Bookings;
import io.mooring.platform.LedgerId;
import io.mooring.platform.commit.CarriedCommit;
import io.mooring.platform.commit.Commit;
import io.mooring.platform.commit.Commits;
import io.mooring.platform.commit.TamperedException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A journal's postings from the first on, added up commit by commit. Not thread-safe. */
final class Replay {
  private static final int PAGE = 64;

  /** An escrow, and its deposits by their number. */
  record Escrow(String account, Asset asset) {}

  private final Commits commits;
  private final LedgerId journal;
  private final Map<Escrow, NavigableMap<Long, Long>> deposits = new HashMap<>();
  private final Set<String> ledgers = new TreeSet<>();
  private final Map<String, Told> told = new TreeMap<>();
  private final List<Mismatch> mismatches = new ArrayList<>();
  private Standing standing = Standing.NOTHING;
  private long commit;
  private long postings;

  Replay(Commits commits, LedgerId journal) {
    this.commits = commits;
    this.journal = journal;
  }

  /** Goes on to that commit, and not beyond it. */
  void to(long last) {
    while (commit < last) {
      int limit = (int) Math.min(PAGE, last - commit);
      List<Commit> page = commits.range(journal, commit + 1, limit);
      if (page.isEmpty()) {
        throw new TamperedException("commit " + (commit + 1) + " of a journal is gone");
      }
      for (Commit next : page) {
        var carried = new CarriedCommit(next, commits.body(journal, next));
        Bookings.of(journal, carried).postings().forEach(this::add);
        Bookings.tallies(carried).forEach(this::add);
        commit = next.number();
      }
    }
  }

  private void add(Written written) {
    Posting posting = written.posting();
    postings++;
    standing = standing.plus(posting);
    if (posting.to().kind() == Account.Kind.ESCROW) {
      String account = posting.to().detail();
      ledgers.add(account.split("/")[0]);
      String cause = posting.cause();
      long number = Long.parseLong(cause.substring(cause.lastIndexOf('/') + 1));
      deposits
          .computeIfAbsent(new Escrow(account, posting.amount().asset()), any -> new TreeMap<>())
          .merge(number, posting.amount().units(), Math::addExact);
    }
    requireNotNegative(posting.amount().asset(), posting.from().kind());
  }

  private void add(Tally tally) {
    told.computeIfAbsent(tally.ledger(), any -> new Told()).add(tally, mismatches);
  }

  private void requireNotNegative(Asset asset, Account.Kind kind) {
    boolean escrow = kind == Account.Kind.ESCROW; // charged by the ledgers, not by the journal
    if (standing.of(asset, kind) < 0 && !kind.mayBeNegative() && !escrow && mismatches.isEmpty()) {
      mismatches.add(
          new Mismatch(
              asset,
              Words.of(kind) + " after commit " + (commit + 1),
              0,
              standing.of(asset, kind)));
    }
  }

  /** What was deposited with an escrow up to the deposit of that number. */
  long deposited(Escrow escrow, long last) {
    return deposits.getOrDefault(escrow, new TreeMap<>()).headMap(last, true).values().stream()
        .reduce(0L, Math::addExact);
  }

  /** The ledgers that any credit went to. */
  Set<String> ledgers() {
    return Set.copyOf(ledgers);
  }

  /** What the journal tells that each ledger charged. */
  Map<String, Told> told() {
    return Map.copyOf(told);
  }

  /** What does not add up within the journal itself. */
  List<Mismatch> mismatches() {
    return mismatches;
  }

  Standing standing() {
    return standing;
  }

  long commit() {
    return commit;
  }

  long postings() {
    return postings;
  }
}
