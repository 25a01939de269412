package io.mooring.tenants;

import io.mooring.platform.TenantId;
import io.mooring.platform.identity.Caller;
import io.mooring.platform.identity.Mode;
import io.mooring.platform.identity.Scope;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.build.Jwt;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * This deployment's own tokens: short-lived ES256 JWTs that stand for an API key. A token dies with
 * its key and can do nothing that the key cannot.
 */
@Singleton
public final class Tokens {
  private static final String ALGORITHM = "ES256";
  private static final String TENANT = "tenant";
  private static final String SCOPE = "scope";
  private static final String MODE = "mode";

  private final SigningKeys keys;
  private final Accounts accounts;
  private final InstantSource clock;
  private final String issuer;
  private final String audience;
  private final int seconds;

  Tokens(SigningKeys keys, Accounts accounts, InstantSource clock, IdentityConfig config) {
    this.keys = keys;
    this.accounts = accounts;
    this.clock = clock;
    this.issuer = config.issuer();
    this.audience = config.audience();
    this.seconds = config.tokenSeconds();
    if (seconds < 1 || seconds > TenantsLimit.TOKEN_SECONDS_MAX.value()) {
      throw new IllegalArgumentException(
          "mooring.identity.token-seconds is 1 to " + TenantsLimit.TOKEN_SECONDS_MAX.value());
    }
  }

  public int seconds() {
    return seconds;
  }

  public String issue(Caller caller, Set<Scope> scopes) {
    SigningKey key = keys.signing();
    Instant now = clock.instant();
    return Jwt.claims()
        .issuer(issuer)
        .audience(audience)
        .subject(caller.subject())
        .issuedAt(now)
        .expiresAt(now.plusSeconds(seconds))
        .claim(TENANT, caller.tenant().value())
        .claim(SCOPE, scopes.stream().sorted().map(Scope::word).collect(Collectors.joining(" ")))
        .claim(MODE, caller.mode().word())
        .jws()
        .algorithm(SignatureAlgorithm.ES256)
        .keyId(key.id())
        .sign(key.privateKey());
  }

  boolean areOf(CompactToken token) {
    return token.claim("iss").equals(issuer);
  }

  Optional<Authorised> judge(CompactToken token) {
    Optional<SigningKey> key = keys.verifying(token.keyId());
    if (key.isEmpty() || !token.algorithm().equals(ALGORITHM)) {
      return Optional.empty();
    }
    Instant now = clock.instant();
    return Signatures.expiryOf(token, key.get().publicKey(), issuer, audience, now)
        .flatMap(expiry -> authorised(token, expiry, now));
  }

  // From here on the claims are our own words.
  private Optional<Authorised> authorised(CompactToken token, Instant expiry, Instant now) {
    var tenantId = new TenantId(token.claim(TENANT));
    Optional<Tenant> tenant = accounts.tenant(tenantId);
    Optional<StoredKey> key = accounts.key(new KeyId(tenantId, token.claim("sub")));
    if (tenant.isEmpty() || key.isEmpty() || key.get().isExpired(now)) {
      return Optional.empty();
    }
    Accounts.refuseInactive(tenant.get());

    Set<Scope> scopes = scopes(token.claim(SCOPE));
    scopes.retainAll(key.get().scopes());
    Mode mode = Mode.of(token.claim(MODE)).orElseThrow();
    var caller = new Caller(tenantId, key.get().id().value(), scopes, mode, tenant.get().plan());
    return Optional.of(new Authorised(caller, expiry));
  }

  private static Set<Scope> scopes(String words) {
    Set<Scope> scopes = EnumSet.noneOf(Scope.class);
    Arrays.stream(words.split(" ")).forEach(word -> Scope.ofTenant(word).ifPresent(scopes::add));
    return scopes;
  }
}
