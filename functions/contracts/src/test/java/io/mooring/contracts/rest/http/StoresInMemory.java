package io.mooring.contracts.rest.http;

import io.mooring.billing.Asset;
import io.mooring.platform.blob.Blobs;
import io.mooring.platform.blob.InMemoryBlobs;
import io.mooring.platform.commit.CommitStore;
import io.mooring.platform.commit.Committer;
import io.mooring.platform.commit.Derivation;
import io.mooring.platform.commit.GroupCommitter;
import io.mooring.platform.commit.InMemoryStore;
import io.mooring.platform.commit.Mending;
import io.mooring.platform.commit.PurseInMemory;
import io.mooring.platform.commit.ReadCounter;
import io.mooring.platform.commit.Rules;
import io.mooring.platform.commit.Stores;
import io.mooring.platform.commit.ThreadPace;
import io.mooring.platform.identity.Credentials;
import io.mooring.platform.table.DerivedItems;
import io.mooring.platform.table.Table;
import io.mooring.platform.testing.SpelledCredentials;
import io.quarkus.arc.All;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Executors;

/** The platform's stores in memory, with the real committer on them, and credit for everything. */
final class StoresInMemory {

  private static final long CREDIT = 1L << 50;
  private static final InMemoryStore STORE = new InMemoryStore();
  private static final InMemoryBlobs BLOBS = new InMemoryBlobs();

  StoresInMemory() {}

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
  static DerivedItems items() {
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
  static Committer committer(@All List<Derivation> derivations) {
    return GroupCommitter.racing(
            new Stores(STORE, BLOBS, STORE, derivations),
            Rules.standard(),
            new ThreadPace(Clock.systemUTC(), Executors.newVirtualThreadPerTaskExecutor()),
            new SecureRandom())
        .metered(new PurseInMemory().with(Asset.CPC, CREDIT).with(Asset.ITC, CREDIT));
  }

  /** Nobody asks for proofs here. */
  @Produces
  @Singleton
  static ReadCounter counter() {
    return (tenant, reader) -> {
      throw new AssertionError(reader + " asked for a proof");
    };
  }
}
