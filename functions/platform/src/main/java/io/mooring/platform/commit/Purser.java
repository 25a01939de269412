package io.mooring.platform.commit;

import io.mooring.billing.Amount;
import io.mooring.billing.Asset;
import io.mooring.platform.LedgerId;
import io.mooring.platform.commit.Funding.Funded;
import io.mooring.platform.commit.Funding.Need;
import io.mooring.platform.commit.Till.Lacking;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Asks for funds for the writes that a ledger's escrows do not cover, beside the turn, so that the
 * others need not wait and no two ledgers wait for each other; and ahead of those that will come,
 * so that they need not wait either. One request at a time. Thread-safe.
 */
final class Purser {
  /** How long one request for funds may take. */
  static final long PATIENCE_MILLIS_MAX = 5_000;

  private static final System.Logger LOG = System.getLogger(Purser.class.getName());

  private final LedgerId ledger;
  private final Funding funding;
  private final Committer committer;
  private final Waiting waiting;
  private final Pace pace;
  private final Runnable turn;
  private final SpendingRates rates = new SpendingRates();
  private boolean asking;
  private boolean awaited;

  Purser(
      LedgerId ledger,
      Funding funding,
      Committer committer,
      Waiting waiting,
      Pace pace,
      Runnable turn) {
    this.ledger = ledger;
    this.funding = funding;
    this.committer = committer;
    this.waiting = waiting;
    this.pace = pace;
    this.turn = turn;
  }

  /** Whether somebody waits for funds. */
  synchronized boolean isAwaited() {
    return awaited;
  }

  /** Sets the writes aside until funds were asked for, for them or for others before them. */
  void ask(List<Lacking> lacking) {
    List<Need> needs = needs(lacking);
    synchronized (this) {
      waiting.park(lacking.stream().map(Lacking::ticket).toList());
      awaited = true;
      if (asking) {
        return;
      }
      asking(needs);
    }
    pace.run(() -> run(needs, lacking));
  }

  /** Notes what a commit has cost, and asks ahead for what will be lacking in a moment. */
  void spent(Offer offer) {
    List<Need> needs = new ArrayList<>();
    synchronized (this) {
      for (EscrowChange escrow : offer.commit().bill().escrows()) {
        if (escrow.charged() > 0) {
          long costOfOne = costOfOne(escrow, offer.batch());
          long units = rates.spent(escrow, costOfOne, pace.steadyMillis());
          if (units > 0) {
            needs.add(ahead(escrow, units, costOfOne));
          }
        }
      }
      if (needs.isEmpty() || asking || offer.batch().closing()) {
        return;
      }
      asking(needs);
    }
    pace.run(() -> run(needs, List.of()));
  }

  private void asking(List<Need> needs) {
    asking = true;
    long now = pace.steadyMillis();
    needs.forEach(need -> rates.asked(need.spender(), need.asset(), now, need.counted()));
  }

  private void run(List<Need> needs, List<Lacking> lacking) {
    Funded answer = new Funded.Unknown("credit could not be asked for");
    try {
      answer = funding.fund(committer, ledger, needs, patience(lacking));
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.WARNING, "funding ledger " + ledger.value() + " failed", e);
    } finally {
      for (Lacking lack : lacking) {
        lack.ticket().funded(answer);
      }
      synchronized (this) {
        asking = false;
        awaited = false;
        waiting.unpark();
      }
      turn.run();
    }
  }

  private Duration patience(List<Lacking> lacking) {
    long last =
        lacking.stream().mapToLong(lack -> lack.ticket().deadline()).max().orElse(Long.MAX_VALUE);
    return Duration.ofMillis(Math.clamp(last - pace.steadyMillis(), 1, PATIENCE_MILLIS_MAX));
  }

  /** One need for each escrow: what all of its writes cost together, less what it has. */
  private static List<Need> needs(List<Lacking> lacking) {
    record Name(String spender, Asset asset) {}
    Map<Name, Need> needs = new LinkedHashMap<>();
    for (Lacking lack : lacking) {
      needs.merge(
          new Name(lack.spender(), lack.asset()),
          new Need(
              lack.spender(),
              lack.asset(),
              lack.missing(),
              lack.units(),
              lack.ticket().write().transactions(),
              lack.counted(),
              lack.consumed(),
              false),
          (sum, more) ->
              new Need(
                  sum.spender(),
                  sum.asset(),
                  Math.min(Amount.UNITS_MAX, sum.missing() + lack.units()),
                  Math.min(Amount.UNITS_MAX, sum.cost() + lack.units()),
                  sum.transactions() + more.transactions(),
                  lack.counted(),
                  lack.consumed(),
                  false));
    }
    return new ArrayList<>(needs.values());
  }

  private static Need ahead(EscrowChange escrow, long units, long costOfOne) {
    long transactions = Math.max(1, units / costOfOne);
    long last = escrow.after().lastDeposit();
    return new Need(
        escrow.spender(),
        escrow.asset(),
        units,
        units,
        (int) Math.min(transactions, Integer.MAX_VALUE),
        last,
        last,
        true);
  }

  /** What a transaction of the last write cost that this escrow has paid for; at least 1. */
  private static long costOfOne(EscrowChange escrow, Batch batch) {
    List<Attempt> attempts = batch.manifest().attempts();
    for (int i = attempts.size() - 1; i >= 0; i--) {
      Cost cost = attempts.get(i).cost();
      long units = cost.spender().equals(escrow.spender()) ? cost.of(escrow.asset()) : 0;
      if (units > 0) {
        return Math.max(1, units / batch.tickets().get(i).write().transactions());
      }
    }
    throw new IllegalStateException("an escrow was charged for no write");
  }
}
