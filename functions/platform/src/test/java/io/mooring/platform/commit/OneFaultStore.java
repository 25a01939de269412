package io.mooring.platform.commit;

import io.mooring.platform.LedgerId;
import io.mooring.platform.blob.BlobName;
import io.mooring.platform.blob.Blobs;
import io.mooring.platform.blob.BlobsUnavailableException;
import io.mooring.platform.table.DerivedItems;
import io.mooring.platform.table.Key;
import io.mooring.platform.table.StoreUnavailableException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Stores of which one call, counted from the first, or every one goes wrong in one way. */
final class OneFaultStore implements CommitStore, DerivedItems, Blobs {
  /** What happens to the call. */
  enum Fault {
    FAILS_BEFORE,
    FAILS_AFTER,
    THROTTLED
  }

  /** In place of the number of a call: each of them. */
  static final int ALWAYS = -1;

  private final InMemoryStore store;
  private final Blobs blobs;
  private final int call;
  private final Fault fault;
  private final AtomicInteger calls = new AtomicInteger();

  OneFaultStore(InMemoryStore store, Blobs blobs, int call, Fault fault) {
    this.store = store;
    this.blobs = blobs;
    this.call = call;
    this.fault = fault;
  }

  /** Whether the call that was to go wrong was made. */
  boolean happened() {
    return calls.get() > call;
  }

  private boolean isNow() {
    return calls.getAndIncrement() == call || call == ALWAYS;
  }

  @Override
  public Optional<Stored> tip(LedgerId ledger) {
    return reading(() -> store.tip(ledger));
  }

  @Override
  public Optional<Stored> read(LedgerId ledger, long number) {
    return reading(() -> store.read(ledger, number));
  }

  @Override
  public List<Stored> range(LedgerId ledger, long from, int limit) {
    return reading(() -> store.range(ledger, from, limit));
  }

  @Override
  public List<Derived> get(Collection<Key> keys) {
    return reading(() -> store.get(keys));
  }

  @Override
  public Put put(Proposal proposal, Duration timeout) {
    if (!isNow()) {
      return store.put(proposal, timeout);
    }
    RuntimeException cause = new RuntimeException(fault.name());
    return switch (fault) {
      case FAILS_BEFORE -> new Put.Unknown(cause);
      case FAILS_AFTER -> {
        store.put(proposal, timeout);
        yield new Put.Unknown(cause);
      }
      case THROTTLED -> new Put.Throttled(cause);
    };
  }

  @Override
  public void put(Collection<Derived> items) {
    writing(() -> store.put(items));
  }

  @Override
  public void delete(Collection<Key> keys) {
    writing(() -> store.delete(keys));
  }

  private <T> T reading(Supplier<T> read) {
    if (isNow()) {
      throw new StoreUnavailableException(fault.name());
    }
    return read.get();
  }

  private void writing(Runnable write) {
    if (!isNow()) {
      write.run();
      return;
    }
    if (fault == Fault.FAILS_AFTER) {
      write.run();
    }
    throw new StoreUnavailableException(fault.name());
  }

  @Override
  public Created create(BlobName name, byte[] content) {
    return object(() -> blobs.create(name, content));
  }

  @Override
  public void replace(BlobName name, byte[] content) {
    object(
        () -> {
          blobs.replace(name, content);
          return name;
        });
  }

  @Override
  public Optional<byte[]> get(BlobName name) {
    return object(() -> blobs.get(name));
  }

  @Override
  public Optional<Long> length(BlobName name) {
    return object(() -> blobs.length(name));
  }

  @Override
  public void delete(BlobName name) {
    blobs.delete(name);
  }

  @Override
  public List<Listed> list(String prefix, String after) {
    return object(() -> blobs.list(prefix, after));
  }

  private <T> T object(Supplier<T> call) {
    if (!isNow()) {
      return call.get();
    }
    if (fault == Fault.FAILS_AFTER) {
      call.get();
    }
    throw new BlobsUnavailableException(fault.name());
  }
}
