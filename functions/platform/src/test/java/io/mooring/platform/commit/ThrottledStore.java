package io.mooring.platform.commit;

import io.mooring.platform.LedgerId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A store that takes no writes while a switch is on. */
final class ThrottledStore implements CommitStore {
  private final CommitStore store;
  private volatile boolean throttled;

  ThrottledStore(CommitStore store) {
    this.store = store;
  }

  void throttle(boolean on) {
    throttled = on;
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
    return throttled
        ? new Put.Throttled(new RuntimeException("KeyRangeThroughputExceeded"))
        : store.put(proposal, timeout);
  }
}
