package io.mooring.ledgers.http;

import io.mooring.ledgers.Addresses;
import io.mooring.ledgers.NoAddresses;
import io.mooring.platform.TenantId;
import io.mooring.platform.blob.Blobs;
import io.mooring.platform.blob.InMemoryBlobs;
import io.mooring.platform.commit.CommitStore;
import io.mooring.platform.commit.Committer;
import io.mooring.platform.commit.Derivation;
import io.mooring.platform.commit.GroupCommitter;
import io.mooring.platform.commit.InMemoryStore;
import io.mooring.platform.commit.Mending;
import io.mooring.platform.commit.ReadCounter;
import io.mooring.platform.commit.Rules;
import io.mooring.platform.commit.Stores;
import io.mooring.platform.commit.ThreadPace;
import io.mooring.platform.identity.Credentials;
import io.mooring.platform.table.DerivedItems;
import io.mooring.platform.table.Key;
import io.mooring.platform.table.Table;
import io.mooring.platform.testing.SpelledCredentials;
import io.quarkus.arc.All;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

/** The platform's stores in memory, with the real committer on them. */
final class StoresInMemory {

  private static final InMemoryStore STORE = new InMemoryStore();
  private static final InMemoryBlobs BLOBS = new InMemoryBlobs();

  StoresInMemory() {}

  /** Takes an item away as no commit would, named as partition and sort key. */
  static void lose(String item) {
    String[] parts = item.split(" ", 2);
    STORE.delete(List.of(new Key(parts[0], parts[1])));
  }

  @Produces
  @Singleton
  static CommitStore commits() {
    return STORE;
  }

  @Produces
  @Singleton
  static Mending mending() {
    return STORE;
  }

  @Produces
  @Singleton
  static Table table() {
    return STORE;
  }

  @Produces
  @Singleton
  static DerivedItems derivedItems() {
    return STORE;
  }

  @Produces
  @Singleton
  static Credentials credentials() {
    return new SpelledCredentials();
  }

  @Produces
  @Singleton
  static Blobs blobs() {
    return BLOBS;
  }

  @Produces
  @Singleton
  static Addresses addresses() {
    return new NoAddresses();
  }

  @Produces
  @Singleton
  static Committer committer(@All List<Derivation> derivations) {
    return GroupCommitter.racing(
        new Stores(STORE, BLOBS, STORE, derivations),
        Rules.standard(),
        new ThreadPace(Clock.systemUTC(), Executors.newVirtualThreadPerTaskExecutor()),
        new SecureRandom());
  }

  /** How many proofs were given to each tenant. */
  static final Map<TenantId, Long> PROOFS = new ConcurrentHashMap<>();

  @Produces
  @Singleton
  static ReadCounter counter() {
    return (tenant, reader) -> PROOFS.merge(tenant, 1L, Long::sum);
  }
}
