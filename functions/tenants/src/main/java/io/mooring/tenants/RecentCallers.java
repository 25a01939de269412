package io.mooring.tenants;

import io.mooring.ledger.Hash;
import io.mooring.platform.identity.Caller;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Remembers, for a few seconds, whom whole credentials were found to be. Only what was accepted is
 * remembered, under the hash of all of it, so that a guess is never answered faster for being
 * close.
 */
final class RecentCallers {
  static final int REMEMBERED_MAX = 10_000;

  private static final Duration REMEMBERED =
      Duration.ofSeconds(TenantsLimit.REVOCATION_SECONDS_MAX.value());

  private final ConcurrentMap<Hash, Authorised> recent = new ConcurrentHashMap<>();

  Optional<Caller> find(Hash credential, Instant now) {
    Authorised found = recent.get(credential);
    return found != null && now.isBefore(found.until())
        ? Optional.of(found.caller())
        : Optional.empty();
  }

  void remember(Hash credential, Authorised authorised, Instant now) {
    if (recent.size() >= REMEMBERED_MAX) {
      recent.clear();
    }
    Instant until = now.plus(REMEMBERED);
    Instant sooner = authorised.until().isBefore(until) ? authorised.until() : until;
    recent.put(credential, new Authorised(authorised.caller(), sooner));
  }

  void forget() {
    recent.clear();
  }
}
