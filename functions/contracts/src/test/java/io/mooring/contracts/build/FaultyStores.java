package io.mooring.contracts.build;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.mooring.platform.LedgerId;
import io.mooring.platform.blob.BlobName;
import io.mooring.platform.blob.Blobs;
import io.mooring.platform.blob.BlobsUnavailableException;
import io.mooring.platform.commit.CommitStore;
import io.mooring.platform.table.DerivedItems;
import io.mooring.platform.table.Key;
import io.mooring.platform.table.StoreUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * The stores as one process sees them: from one call on, counted from the first, nothing gets
 * through any more, as if the process had died there; or only that one call goes wrong.
 */
final class FaultyStores implements CommitStore, DerivedItems, Blobs {
  enum Fault {
    /** The call changes nothing and fails; all others are well. */
    FAILS_BEFORE,
    /** The call does its work and fails; all others are well. */
    FAILS_AFTER,
    /** Neither this call nor any later one gets through. */
    DIES_BEFORE,
    /** The call does its work, and is the last that does. */
    DIES_AFTER
  }

  private final World world;
  private final int call;
  private final Fault fault;
  private final AtomicInteger calls = new AtomicInteger();

  FaultyStores(World world, int call, Fault fault) {
    this.world = world;
    this.call = call;
    this.fault = fault;
  }

  static FaultyStores healthy(World world) {
    return new FaultyStores(world, Integer.MAX_VALUE, Fault.FAILS_BEFORE);
  }

  /** What is shown once for each call that a fault meets. */
  interface Case {
    void run(int call) throws Exception;
  }

  /** All calls at once, each on a chain of its own, for most of the time is waiting. */
  static void atEachCall(int calls, Case one) {
    Map<Integer, Future<Void>> cases = new TreeMap<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int call = 0; call < calls; call++) {
        int which = call;
        cases.put(
            which,
            threads.submit(
                () -> {
                  one.run(which);
                  return null;
                }));
      }
    }

    List<String> wrong = new ArrayList<>();
    cases.forEach(
        (call, ended) -> {
          if (ended.state() == Future.State.FAILED) {
            wrong.add("call " + call + ": " + ended.exceptionNow());
          }
        });
    assertEquals(List.of(), wrong);
  }

  int calls() {
    return calls.get();
  }

  private <T> T through(Supplier<T> work, Supplier<RuntimeException> failure) {
    int now = calls.getAndIncrement();
    boolean dead = fault == Fault.DIES_BEFORE || fault == Fault.DIES_AFTER;
    if (now == call && (fault == Fault.FAILS_AFTER || fault == Fault.DIES_AFTER)) {
      work.get();
      throw failure.get();
    }
    if (now == call || dead && now > call) {
      throw failure.get();
    }
    return work.get();
  }

  private <T> T table(Supplier<T> work) {
    return through(work, () -> new StoreUnavailableException("the test's fault"));
  }

  private <T> T blob(BlobName name, Supplier<T> work) {
    return through(
        work, () -> new BlobsUnavailableException("the test's fault: " + name, new Exception()));
  }

  @Override
  public Optional<Stored> tip(LedgerId ledger) {
    return table(() -> world.store.tip(ledger));
  }

  @Override
  public Optional<Stored> read(LedgerId ledger, long number) {
    return table(() -> world.store.read(ledger, number));
  }

  @Override
  public List<Stored> range(LedgerId ledger, long from, int limit) {
    return table(() -> world.store.range(ledger, from, limit));
  }

  @Override
  public Put put(Proposal proposal, Duration timeout) {
    try {
      return table(() -> world.store.put(proposal, timeout));
    } catch (StoreUnavailableException e) {
      return new Put.Unknown(e);
    }
  }

  @Override
  public void put(Collection<Derived> items) {
    table(
        () -> {
          world.store.put(items);
          return true;
        });
  }

  @Override
  public List<Derived> get(Collection<Key> keys) {
    return table(() -> world.store.get(keys));
  }

  @Override
  public void delete(Collection<Key> keys) {
    table(
        () -> {
          world.store.delete(keys);
          return true;
        });
  }

  @Override
  public Created create(BlobName name, byte[] content) {
    return blob(name, () -> world.blobs.create(name, content));
  }

  @Override
  public void replace(BlobName name, byte[] content) {
    blob(
        name,
        () -> {
          world.blobs.replace(name, content);
          return true;
        });
  }

  @Override
  public Optional<byte[]> get(BlobName name) {
    return blob(name, () -> world.blobs.get(name));
  }

  @Override
  public Optional<Long> length(BlobName name) {
    return blob(name, () -> world.blobs.length(name));
  }

  @Override
  public List<Listed> list(String prefix, String after) {
    return world.blobs.list(prefix, after);
  }

  @Override
  public void delete(BlobName name) {
    blob(
        name,
        () -> {
          world.blobs.delete(name);
          return true;
        });
  }
}
