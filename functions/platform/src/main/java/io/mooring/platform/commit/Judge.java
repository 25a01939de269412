package io.mooring.platform.commit;

import io.mooring.ledger.Hash;
import io.mooring.ledger.Head;
import io.mooring.platform.LedgerId;
import io.mooring.platform.commit.KeyIndex.Known;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Says of each waiting write whether the ledger has answered it already, without a commit. */
final class Judge {
  private final LedgerId ledger;
  private final KeyIndex index;
  private final Pace pace;

  Judge(LedgerId ledger, KeyIndex index, Pace pace) {
    this.ledger = ledger;
    this.index = index;
    this.pace = pace;
  }

  /** Settles those that are answered, and gives back the others. */
  List<Ticket> judge(Chain chain, List<Ticket> group, Settling settling) {
    Map<Hash, Known> indexed = lookUp(chain, group);
    for (Ticket ticket : group) {
      answer(chain, ticket, indexed).ifPresent(answer -> settling.settle(ticket, answer));
    }
    return Settling.unsettled(group);
  }

  private Optional<Settlement> answer(Chain chain, Ticket ticket, Map<Hash, Known> indexed) {
    Attempt attempt = ticket.write().attempt();
    if (ticket.wasSent()) {
      Optional<Long> landed = chain.attempt(attempt.id(), ticket.sentAfter());
      if (landed.isPresent()) {
        return Optional.of(new Settlement.LandedBefore(landed.get()));
      }
    }
    if (attempt.key() instanceof Attempt.Keyed keyed) {
      Optional<Settlement> known = known(chain, keyed, indexed);
      if (known.isPresent()) {
        return known;
      }
    }
    if (chain.closed()) {
      return Optional.of(new Settlement.Over(new Outcome.LedgerClosed()));
    }
    Head head = chain.frontier().head();
    return ticket.write().basis().allows(head)
        ? Optional.empty()
        : Optional.of(new Settlement.Over(new Outcome.HeadMoved(head)));
  }

  private Optional<Settlement> known(Chain chain, Attempt.Keyed keyed, Map<Hash, Known> indexed) {
    return chain
        .key(keyed.key())
        .or(() -> Optional.ofNullable(indexed.get(keyed.key())))
        .filter(known -> known.isKeptAt(pace.wallMillis()))
        .map(
            known ->
                known.body().equals(keyed.body())
                    ? new Settlement.Repeated(known.commit())
                    : new Settlement.Over(new Outcome.KeyReused()));
  }

  /** Asks the index for the keys that only it can know. */
  private Map<Hash, Known> lookUp(Chain chain, List<Ticket> group) {
    if (chain.knowsEveryKey()) {
      return Map.of();
    }
    List<Hash> unknown = new ArrayList<>();
    for (Ticket ticket : group) {
      if (ticket.write().attempt().key() instanceof Attempt.Keyed keyed
          && chain.key(keyed.key()).isEmpty()) {
        unknown.add(keyed.key());
      }
    }
    return unknown.isEmpty() ? Map.of() : index.lookup(ledger, unknown);
  }
}
