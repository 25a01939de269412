package io.mooring.tenants;

import io.mooring.ledger.Hash;
import io.mooring.platform.TenantId;
import io.mooring.platform.identity.Caller;
import io.mooring.platform.identity.Mode;
import io.mooring.platform.identity.Plan;
import io.mooring.platform.identity.Scope;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * The one key that is not a tenant's: it comes from the configuration, and only its hash is kept.
 */
@Singleton
final class OperatorKey {
  static final String PREFIX = "mk_operator_";
  static final int CHARACTERS_MIN = PREFIX.length() + 32;

  private static final Caller OPERATOR =
      new Caller(TenantId.OPERATOR, "operator", Set.of(Scope.OPERATOR), Mode.LIVE, Plan.SCALE);

  private final Optional<Hash> expected;

  OperatorKey(IdentityConfig config) {
    this.expected = config.operatorKey().map(OperatorKey::checked);
  }

  Optional<Authorised> judge(String text) {
    boolean same =
        expected
            .map(hash -> MessageDigest.isEqual(hash.bytes(), hashOf(text).bytes()))
            .orElse(false);
    return same ? Optional.of(new Authorised(OPERATOR, Instant.MAX)) : Optional.empty();
  }

  private static Hash checked(String key) {
    if (!key.startsWith(PREFIX) || key.length() < CHARACTERS_MIN) {
      throw new IllegalArgumentException(
          "mooring.identity.operator-key begins with "
              + PREFIX
              + " and 32 random characters follow");
    }
    return hashOf(key);
  }

  private static Hash hashOf(String text) {
    return Hash.ofBytes(text.getBytes(StandardCharsets.UTF_8));
  }
}
