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
 * others need not wait and no two ledgers wait for each other. One request at a time. Thread-safe.
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
  private boolean asking;

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

  synchronized boolean isAsking() {
    return asking;
  }

  /** Sets the writes aside until funds were asked for, for them or for others before them. */
  void ask(List<Lacking> lacking) {
    synchronized (this) {
      waiting.park(lacking.stream().map(Lacking::ticket).toList());
      if (asking) {
        return;
      }
      asking = true;
    }
    pace.run(() -> run(lacking));
  }

  private void run(List<Lacking> lacking) {
    Funded answer = new Funded.Unknown("credit could not be asked for");
    try {
      answer = funding.fund(committer, ledger, needs(lacking), patience(lacking));
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.WARNING, "funding ledger " + ledger.value() + " failed", e);
    } finally {
      for (Lacking lack : lacking) {
        lack.ticket().funded(answer);
      }
      synchronized (this) {
        asking = false;
        waiting.unpark();
      }
      turn.run();
    }
  }

  private Duration patience(List<Lacking> lacking) {
    long last =
        lacking.stream().mapToLong(lack -> lack.ticket().deadline()).max().orElse(Long.MIN_VALUE);
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
              lack.consumed()),
          (sum, more) ->
              new Need(
                  sum.spender(),
                  sum.asset(),
                  Math.min(Amount.UNITS_MAX, sum.missing() + lack.units()),
                  Math.min(Amount.UNITS_MAX, sum.cost() + lack.units()),
                  sum.transactions() + more.transactions(),
                  lack.counted(),
                  lack.consumed()));
    }
    return new ArrayList<>(needs.values());
  }
}
