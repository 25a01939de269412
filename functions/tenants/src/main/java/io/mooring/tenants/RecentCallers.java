package io.mooring.tenants;

import io.mooring.ledger.Hash;
import io.mooring.platform.identity.Caller;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/**
 * Remembers, for a few seconds, whom whole credentials were found to be. Only what was accepted is
 * remembered, under the hash of all of it, so that a guess is never answered faster for being
 * close. Requests that come with one credential while it is looked up share the answer.
 */
final class RecentCallers {
  static final int REMEMBERED_MAX = 10_000;

  private static final Duration REMEMBERED =
      Duration.ofSeconds(TenantsLimit.REVOCATION_SECONDS_MAX.value());

  private final ConcurrentMap<Hash, Authorised> recent = new ConcurrentHashMap<>();
  private final ConcurrentMap<Hash, FutureTask<Optional<Authorised>>> lookedUp =
      new ConcurrentHashMap<>();

  Optional<Caller> find(Hash credential, Instant now) {
    Authorised found = recent.get(credential);
    return found != null && now.isBefore(found.until())
        ? Optional.of(found.caller())
        : Optional.empty();
  }

  /** What {@code judge} says; at most one runs for a credential at a time. */
  Optional<Authorised> judged(Hash credential, Supplier<Optional<Authorised>> judge) {
    FutureTask<Optional<Authorised>> mine = new FutureTask<>(judge::get);
    FutureTask<Optional<Authorised>> first = lookedUp.putIfAbsent(credential, mine);
    if (first != null) {
      return answer(first);
    }
    try {
      mine.run();
    } finally {
      lookedUp.remove(credential, mine);
    }
    return answer(mine);
  }

  private static Optional<Authorised> answer(FutureTask<Optional<Authorised>> judged) {
    try {
      return judged.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a credential was looked up", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException fault) {
        throw fault;
      }
      throw new IllegalStateException("a credential could not be looked up", e);
    }
  }

  void remember(Hash credential, Authorised authorised, Instant now) {
    if (recent.size() >= REMEMBERED_MAX) {
      recent.clear();
    }
    Instant until = now.plus(REMEMBERED);
    Instant sooner = authorised.until().isBefore(until) ? authorised.until() : until;
    recent.put(credential, new Authorised(authorised.caller(), sooner));
  }

  /** Whoever comes after this is looked up again, even beside a lookup that began before. */
  void forget() {
    lookedUp.clear();
    recent.clear();
  }
}
