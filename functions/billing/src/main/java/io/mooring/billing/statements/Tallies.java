package io.mooring.billing.statements;

import io.mooring.billing.DayFold;
import io.mooring.billing.Tally;
import io.mooring.billing.TallyFold;
import io.mooring.platform.LedgerId;
import io.mooring.platform.TenantId;
import io.mooring.platform.blob.Blobs;
import io.mooring.platform.commit.Bill;
import io.mooring.platform.commit.CarriedCommit;
import io.mooring.platform.commit.Commit;
import io.mooring.platform.commit.CommitStore;
import io.mooring.platform.commit.Commits;
import io.mooring.platform.commit.Committer;
import io.mooring.platform.commit.Content;
import io.mooring.platform.commit.Effect;
import io.mooring.platform.commit.NewEntry;
import io.mooring.platform.commit.Outcome;
import io.mooring.platform.commit.Write;
import io.mooring.platform.json.JsonTree;
import io.mooring.platform.table.Item;
import io.mooring.platform.table.Key;
import io.mooring.platform.table.Table;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Tells in a tenant's journal what its ledgers charged: their bills lie in commit records, which
 * are no leaves of any tree. One entry for each tally; the item makes sure that none is told twice.
 *
 * <pre>
 * pk            sk                body (JSON)
 * T#ten_acme#   TALLIED#led_a#    lastCommit: all up to that commit is told
 * </pre>
 */
public final class Tallies {
  /** The type of the journal's entries that hold a tally. */
  static final String CHARGED = "credits.charged";

  private static final String SUBMITTER = "platform";
  private static final String LAST = "lastCommit";
  private static final int PAGE = 64;

  private final Commits commits;
  private final Table table;
  private final Committer committer;
  private final Ledgers ledgers;
  private final InstantSource clock;

  /** What is to be told. */
  public enum Due {
    /** Days that are over, and tallies that are full. */
    ENDED,
    /** Everything up to now. */
    ALL
  }

  public Tallies(
      CommitStore store, Blobs blobs, Table table, Committer committer, InstantSource clock) {
    this.commits = new Commits(store, blobs);
    this.table = table;
    this.committer = committer;
    this.ledgers = new Ledgers(table);
    this.clock = clock;
  }

  /** Tells what is due of all of a tenant's ledgers; gives how many entries that were. */
  public int tell(TenantId tenant, Due due) {
    int told = 0;
    for (LedgerId ledger : ledgers.of(tenant)) {
      boolean more = true;
      while (more) {
        Item before = table.get(key(ledger));
        Optional<Tally> next = next(ledger, last(before), due);
        more = next.isPresent() && tell(ledger, next.get(), before);
        told += more ? 1 : 0;
      }
    }
    return told;
  }

  /** Whether it was told; if not, another process did so or the next round will. */
  private boolean tell(LedgerId ledger, Tally tally, Item before) {
    byte[] after = JsonTree.bytes(JsonTree.object().put(LAST, tally.lastCommit()));
    Write write =
        Write.to(LedgerId.journal(ledger.tenant()))
            .by(SUBMITTER)
            .entry(
                NewEntry.of(
                    CHARGED, ledger.value(), Content.json(JsonTree.text(TallyJson.write(tally)))))
            .effect(Effect.put(before, after));
    return committer.commit(write) instanceof Outcome.Won;
  }

  private Optional<Tally> next(LedgerId ledger, long last, Due due) {
    Optional<Commit> tip = commits.tip(ledger);
    if (tip.isEmpty() || went(tip.get().bill()) == went(ledger, last)) {
      return Optional.empty();
    }
    TallyFold fold = new TallyFold(ledger.value(), last);
    long next = last + 1;
    while (next <= tip.get().number() && fold.closed().isEmpty()) {
      int limit = (int) Math.min(PAGE, tip.get().number() - next + 1);
      List<Commit> page = commits.range(ledger, next, limit);
      for (Commit commit : page) {
        fold.add(Bookings.ofBill(ledger, new CarriedCommit(commit, commits.body(ledger, commit))));
      }
      next += page.size();
    }
    return fold.closed().isEmpty()
        ? fold.open().filter(tally -> due == Due.ALL || isOver(tally))
        : Optional.of(fold.closed().getFirst());
  }

  private boolean isOver(Tally tally) {
    return tally.day().isBefore(DayFold.day(clock.millis()));
  }

  /** All that ever went out of a ledger's escrows: where it is the same, nothing is to be told. */
  private long went(LedgerId ledger, long commit) {
    return commit == 0 ? 0 : commits.read(ledger, commit).map(read -> went(read.bill())).orElse(0L);
  }

  private static long went(Bill bill) {
    return bill.escrows().stream()
        .mapToLong(escrow -> Math.addExact(escrow.spentEver(), escrow.lapsedEver()))
        .reduce(0, Math::addExact);
  }

  private static long last(Item item) {
    return item.exists() ? JsonTree.parse(item.body()).required(LAST).asLong() : 0;
  }

  private static Key key(LedgerId ledger) {
    return Key.of(ledger.tenant(), "TALLIED", ledger.value());
  }
}
