package io.mooring.billing.credits.http;

import io.mooring.platform.blob.Blobs;
import io.mooring.platform.blob.InMemoryBlobs;
import io.mooring.platform.commit.CommitStore;
import io.mooring.platform.commit.Committer;
import io.mooring.platform.commit.Derivation;
import io.mooring.platform.commit.Funding;
import io.mooring.platform.commit.GroupCommitter;
import io.mooring.platform.commit.InMemoryStore;
import io.mooring.platform.commit.Rules;
import io.mooring.platform.commit.Stores;
import io.mooring.platform.commit.ThreadPace;
import io.mooring.platform.identity.Credentials;
import io.mooring.platform.identity.Plan;
import io.mooring.platform.identity.Plans;
import io.mooring.platform.table.DerivedItems;
import io.mooring.platform.table.Table;
import io.mooring.platform.testing.SpelledCredentials;
import io.quarkus.arc.All;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;

/** The platform's stores in memory, with the real committer on them, and everybody a developer. */
final class StoresInMemory {
  StoresInMemory() {}

  @Produces
  @Singleton
  @Typed({CommitStore.class, Table.class, DerivedItems.class, InMemoryStore.class})
  static InMemoryStore store() {
    return new InMemoryStore();
  }

  @Produces
  @Singleton
  @Typed(Blobs.class)
  static Blobs blobs() {
    return new InMemoryBlobs();
  }

  @Produces
  @Singleton
  static Credentials credentials() {
    return new SpelledCredentials();
  }

  @Produces
  @Singleton
  static Plans plans() {
    return tenant -> Optional.of(Plan.DEVELOPER);
  }

  @Produces
  @Singleton
  static Committer committer(
      InMemoryStore store, Blobs blobs, Funding funding, @All List<Derivation> derivations) {
    return GroupCommitter.racing(
            new Stores(store, blobs, store, derivations),
            Rules.standard(),
            new ThreadPace(Clock.systemUTC(), Executors.newVirtualThreadPerTaskExecutor()),
            new SecureRandom())
        .metered(funding);
  }
}
