package io.mooring.platform.commit.simulation;

import io.mooring.platform.LedgerId;
import io.mooring.platform.commit.CommitStore;
import io.mooring.platform.commit.InMemoryStore;
import io.mooring.platform.table.DerivedItems;
import io.mooring.platform.table.Item;
import io.mooring.platform.table.Key;
import io.mooring.platform.table.Page;
import io.mooring.platform.table.Prefix;
import io.mooring.platform.table.StoreUnavailableException;
import io.mooring.platform.table.Table;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The table as one process sees it over a bad network. */
public final class FaultyStore implements CommitStore, Table, DerivedItems {
  private final World world;
  private final InMemoryStore store;
  private final Faults faults;

  public FaultyStore(World world, InMemoryStore store, Faults faults) {
    this.world = world;
    this.store = store;
    this.faults = faults;
  }

  @Override
  public Optional<Stored> tip(LedgerId ledger) {
    return reading(() -> store.tip(ledger));
  }

  @Override
  public Optional<Stored> read(LedgerId ledger, long number) {
    return reading(() -> store.read(ledger, number));
  }

  /** May give fewer than there are, as the store is allowed to. */
  @Override
  public List<Stored> range(LedgerId ledger, long from, int limit) {
    int most = world.random().nextInt(4) == 0 ? 1 : limit;
    return reading(() -> store.range(ledger, from, most));
  }

  @Override
  public Item get(Key key) {
    return reading(() -> store.get(key));
  }

  @Override
  public Page first(Prefix prefix, int limit) {
    return reading(() -> store.first(prefix, limit));
  }

  @Override
  public Page after(Prefix prefix, Key last, int limit) {
    return reading(() -> store.after(prefix, last, limit));
  }

  @Override
  public List<Derived> get(Collection<Key> keys) {
    return reading(() -> store.get(keys));
  }

  @Override
  public void put(Collection<Derived> items) {
    writing(() -> store.put(items));
  }

  @Override
  public void delete(Collection<Key> keys) {
    writing(() -> store.delete(keys));
  }

  @Override
  public Put put(Proposal proposal, Duration timeout) {
    Faults.Fault fault = faults.next();
    world.sleep(faults.latency());
    return switch (fault) {
      case NONE -> {
        Put put = store.put(proposal, timeout);
        world.sleep(faults.latency());
        yield put;
      }
      case REQUEST_LOST -> {
        world.sleep(timeout.toMillis());
        yield unknown();
      }
      case REPLY_LOST -> {
        store.put(proposal, timeout);
        world.sleep(timeout.toMillis());
        yield unknown();
      }
      case DONE_LATE -> {
        world.at(
            world.now() + timeout.toMillis() + faults.lateness(),
            () -> store.put(proposal, timeout));
        world.sleep(timeout.toMillis());
        yield unknown();
      }
      case DONE_TWICE -> {
        store.put(proposal, timeout);
        world.sleep(faults.latency());
        yield store.put(proposal, timeout);
      }
      case THROTTLED, CONFLICT -> new Put.Throttled(new RuntimeException(fault.name()));
    };
  }

  private static Put unknown() {
    return new Put.Unknown(new RuntimeException("no answer"));
  }

  private <T> T reading(Supplier<T> read) {
    Faults.Fault fault = faults.next();
    world.sleep(faults.latency());
    if (fault == Faults.Fault.NONE || fault == Faults.Fault.DONE_TWICE) {
      T value = read.get();
      world.sleep(faults.latency());
      return value;
    }
    throw new StoreUnavailableException(fault.name());
  }

  private void writing(Runnable write) {
    Faults.Fault fault = faults.next();
    world.sleep(faults.latency());
    switch (fault) {
      case NONE, DONE_TWICE -> write.run();
      case REPLY_LOST -> {
        write.run();
        throw new StoreUnavailableException(fault.name());
      }
      case DONE_LATE -> {
        world.at(world.now() + faults.lateness(), write);
        throw new StoreUnavailableException(fault.name());
      }
      case REQUEST_LOST, THROTTLED, CONFLICT -> throw new StoreUnavailableException(fault.name());
    }
  }
}
