package io.mooring.tenants;

import com.fasterxml.jackson.databind.JsonNode;
import io.mooring.platform.TenantId;
import io.mooring.platform.identity.Caller;
import io.mooring.platform.identity.Mode;
import jakarta.inject.Singleton;
import java.security.Key;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * Tokens of issuers that a tenant trusts. Which tenant that is stands in the audience, under the
 * issuer's signature: {@code urn:mooring:ten_…}; so no issuer can speak for a tenant that its user
 * did not ask for, and a tenant's trust is looked up under the tenant alone.
 */
@Singleton
final class ForeignTokens {
  static final Set<String> ALGORITHMS = Set.of("RS256", "ES256");

  private static final String AUDIENCE = "urn:mooring:";

  private final Accounts accounts;
  private final IssuerKeys keys;
  private final InstantSource clock;

  ForeignTokens(Accounts accounts, IssuerKeys keys, InstantSource clock) {
    this.accounts = accounts;
    this.keys = keys;
    this.clock = clock;
  }

  Optional<Authorised> judge(CompactToken token) {
    Optional<TenantId> audience = tenantOf(token);
    if (audience.isEmpty() || token.claim("iss").isEmpty()) {
      return Optional.empty();
    }
    Optional<Tenant> tenant = accounts.tenant(audience.get());
    Optional<TrustedIssuer> issuer = accounts.issuer(audience.get(), token.claim("iss"));
    if (tenant.isEmpty() || issuer.isEmpty()) {
      return Optional.empty();
    }
    Optional<Key> key = keys.find(issuer.get(), token.keyId(), token.algorithm());
    if (key.isEmpty()) {
      return Optional.empty();
    }
    Optional<Instant> expiry =
        Signatures.expiryOf(
            token, key.get(), issuer.get().issuer(), AUDIENCE + audience.get(), clock.instant());
    return expiry.flatMap(until -> authorised(token, tenant.get(), issuer.get(), until));
  }

  private Optional<Authorised> authorised(
      CompactToken token, Tenant tenant, TrustedIssuer issuer, Instant until) {
    String subject = token.claim(issuer.subjectClaim());
    if (subject.isEmpty()) {
      return Optional.empty();
    }
    Optional<Role> role =
        accounts
            .member(tenant.id(), issuer.issuer(), subject)
            .map(Member::role)
            .or(() -> claimedRole(token, issuer));
    if (role.isEmpty()) {
      return Optional.empty();
    }
    Accounts.refuseInactive(tenant);

    var caller =
        new Caller(
            tenant.id(),
            Member.idOf(issuer.issuer(), subject),
            role.get().scopes(),
            Mode.LIVE,
            tenant.plan());
    return Optional.of(new Authorised(caller, until));
  }

  private static Optional<Role> claimedRole(CompactToken token, TrustedIssuer issuer) {
    if (issuer.roleClaim().isEmpty()) {
      return Optional.empty();
    }
    // Of several values the first that gives a role does; which comes first is the issuer's word.
    return texts(token.claims().path(issuer.roleClaim())).stream()
        .flatMap(value -> Optional.ofNullable(issuer.roles().get(value)).stream())
        .findFirst();
  }

  private static Optional<TenantId> tenantOf(CompactToken token) {
    List<String> ours =
        texts(token.claims().path("aud")).stream()
            .filter(audience -> audience.startsWith(AUDIENCE))
            .map(audience -> audience.substring(AUDIENCE.length()))
            .toList();
    if (ours.size() != 1) {
      return Optional.empty();
    }
    try {
      return Optional.of(new TenantId(ours.getFirst()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static List<String> texts(JsonNode claim) {
    if (claim.isTextual()) {
      return List.of(claim.asText());
    }
    if (!claim.isArray()) {
      return List.of();
    }
    List<String> texts = new ArrayList<>();
    StreamSupport.stream(claim.spliterator(), false)
        .filter(JsonNode::isTextual)
        .forEach(text -> texts.add(text.asText()));
    return texts;
  }
}
