package io.mooring.platform.commit.simulation;

import io.mooring.platform.LedgerId;
import io.mooring.platform.commit.CommitStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A store of which a test says, at the moment of each put, how it ends. */
final class TimedStore implements CommitStore {
  private final CommitStore store;
  private final Function<Proposal, Optional<Put>> instead;

  TimedStore(CommitStore store, Function<Proposal, Optional<Put>> instead) {
    this.store = store;
    this.instead = instead;
  }

  @Override
  public Optional<Stored> tip(LedgerId ledger) {
    return store.tip(ledger);
  }

  @Override
  public Optional<Stored> read(LedgerId ledger, long number) {
    return store.read(ledger, number);
  }

  @Override
  public List<Stored> range(LedgerId ledger, long from, int limit) {
    return store.range(ledger, from, limit);
  }

  @Override
  public Put put(Proposal proposal, Duration timeout) {
    return instead.apply(proposal).orElseGet(() -> store.put(proposal, timeout));
  }
}
