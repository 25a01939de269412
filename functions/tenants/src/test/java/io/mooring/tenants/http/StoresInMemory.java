package io.mooring.tenants.http;

import io.mooring.platform.blob.InMemoryBlobs;
import io.mooring.platform.commit.Committer;
import io.mooring.platform.commit.GroupCommitter;
import io.mooring.platform.commit.InMemoryStore;
import io.mooring.platform.commit.Rules;
import io.mooring.platform.commit.Stores;
import io.mooring.platform.commit.ThreadPace;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.concurrent.Executors;

/** The platform's stores in memory, with the real committer on them. */
final class StoresInMemory {
  @Produces
  @Singleton
  static InMemoryStore store() {
    return new InMemoryStore();
  }

  @Produces
  @Singleton
  static Committer committer(InMemoryStore store) {
    return GroupCommitter.racing(
        Stores.of(store, new InMemoryBlobs(), store),
        Rules.standard(),
        new ThreadPace(Clock.systemUTC(), Executors.newVirtualThreadPerTaskExecutor()),
        new SecureRandom());
  }
}
