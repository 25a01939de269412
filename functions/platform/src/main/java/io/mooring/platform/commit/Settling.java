package io.mooring.platform.commit;

import java.util.List;
import java.util.stream.Collectors;

/** Tells the waiting writers how it ended, and never that nothing happened when it still may. */
final class Settling {
  private final Waiting waiting;
  private volatile long lastKnown;

  Settling(Waiting waiting) {
    this.waiting = waiting;
  }

  /** The last commit that this process knows of. */
  long lastKnown() {
    return lastKnown;
  }

  void known(long commit) {
    lastKnown = commit;
  }

  void settle(Ticket ticket, Outcome outcome) {
    settle(ticket, new Settlement.Over(outcome));
  }

  /** A crowded ticket keeps its key in flight, because it goes on to the intake. */
  void settle(Ticket ticket, Settlement settlement) {
    if (!(settlement instanceof Settlement.Crowded)) {
      waiting.release(ticket);
    }
    boolean uncertain = saysThatNothingHappened(settlement) && ticket.mayLandAfter(lastKnown);
    ticket.settle(uncertain ? new Settlement.Over(ticket.pending()) : settlement);
  }

  void settleRest(List<Ticket> group, Settlement settlement) {
    unsettled(group).forEach(ticket -> settle(ticket, settlement));
  }

  void settleRest(List<Ticket> group, Outcome outcome) {
    settleRest(group, new Settlement.Over(outcome));
  }

  static List<Ticket> unsettled(List<Ticket> group) {
    return group.stream().filter(ticket -> !ticket.isSettled()).collect(Collectors.toList());
  }

  private static boolean saysThatNothingHappened(Settlement settlement) {
    return settlement instanceof Settlement.Over(Outcome outcome)
        && switch (outcome) {
          case Outcome.Busy busy -> true;
          case Outcome.EffectRefused refused -> true;
          case Outcome.Tampered tampered -> true;
          case Outcome.InsufficientCredit credit -> true;
          case Outcome.LedgerClosed closed -> true;
          case Outcome.HeadMoved moved -> true;
          case Outcome.KeyReused reused -> true;
          case Outcome.InFlight inFlight -> true;
          case Outcome.Won won -> false;
          case Outcome.Replayed replayed -> false;
          case Outcome.Pending pending -> false;
        };
  }
}
