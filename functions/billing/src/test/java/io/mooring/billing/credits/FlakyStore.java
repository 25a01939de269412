package io.mooring.billing.credits;

import io.mooring.platform.LedgerId;
import io.mooring.platform.commit.CommitStore;
import io.mooring.platform.commit.InMemoryStore;
import io.mooring.platform.table.StoreUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** A store that now and then does not answer: before the write, or after it. Thread-safe. */
final class FlakyStore implements CommitStore {
  private final InMemoryStore store;
  private final Random random;

  /** How many of a hundred calls fail. */
  volatile int faultsInHundred;

  FlakyStore(InMemoryStore store, long seed) {
    this.store = store;
    this.random = new Random(seed);
  }

  @Override
  public Optional<Stored> tip(LedgerId ledger) {
    failReads();
    return store.tip(ledger);
  }

  @Override
  public Optional<Stored> read(LedgerId ledger, long number) {
    failReads();
    return store.read(ledger, number);
  }

  @Override
  public List<Stored> range(LedgerId ledger, long from, int limit) {
    failReads();
    return store.range(ledger, from, limit);
  }

  @Override
  public Put put(Proposal proposal, Duration timeout) {
    if (!fails()) {
      return store.put(proposal, timeout);
    }
    if (random.nextBoolean()) {
      store.put(proposal, timeout);
    }
    return new Put.Unknown(new IllegalStateException("no answer"));
  }

  private void failReads() {
    if (fails()) {
      throw new StoreUnavailableException("no answer", new IllegalStateException("flaky"));
    }
  }

  private boolean fails() {
    return random.nextInt(100) < faultsInHundred;
  }
}
