package io.mooring.tenants;

import io.mooring.ledger.Hash;
import io.mooring.platform.TenantId;
import io.mooring.platform.identity.Caller;
import jakarta.inject.Singleton;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Judges API keys, and certificates that are taken for them. */
@Singleton
final class KeyCredentials {
  private static final Hash OF_NO_KEY = Hash.ofNothing();

  private final Accounts accounts;
  private final KeyUses uses;
  private final InstantSource clock;

  KeyCredentials(Accounts accounts, KeyUses uses, InstantSource clock) {
    this.accounts = accounts;
    this.uses = uses;
    this.clock = clock;
  }

  /**
   * Finds whose key this is, or nobody. Whether the tenant, the key, both or neither exist, the
   * same two reads and the same comparison are made before the answer is known.
   */
  Optional<Authorised> judge(String text) {
    Optional<ApiKey> presented = ApiKey.parse(text);
    if (presented.isEmpty()) {
      return Optional.empty();
    }
    KeyId id = presented.get().id();
    Optional<Tenant> tenant = accounts.tenant(id.tenant());
    Optional<StoredKey> stored = accounts.key(id);
    Hash expected = stored.map(StoredKey::hash).orElse(OF_NO_KEY);
    boolean same = MessageDigest.isEqual(expected.bytes(), presented.get().hash().bytes());

    return same ? authorised(tenant, stored) : Optional.empty();
  }

  /** Finds whose certificate this is at a tenant, if it is one of its keys'. */
  Optional<Authorised> judge(TenantId id, Certificate certificate) {
    Optional<StoredKey> stored =
        accounts
            .keyOf(id, certificate)
            .flatMap(accounts::key)
            .filter(key -> key.certificate().equals(certificate));
    return authorised(accounts.tenant(id), stored);
  }

  private Optional<Authorised> authorised(Optional<Tenant> tenant, Optional<StoredKey> stored) {
    Instant now = clock.instant();
    if (stored.isEmpty() || tenant.isEmpty() || stored.get().isExpired(now)) {
      return Optional.empty();
    }
    Accounts.refuseInactive(tenant.get());

    uses.note(stored.get().id(), now);
    return Optional.of(new Authorised(caller(tenant.get(), stored.get()), stored.get().expires()));
  }

  private static Caller caller(Tenant tenant, StoredKey key) {
    return new Caller(tenant.id(), key.id().value(), key.scopes(), key.mode(), tenant.plan());
  }
}
