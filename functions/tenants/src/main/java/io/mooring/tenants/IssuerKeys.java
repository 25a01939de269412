package io.mooring.tenants;

import com.fasterxml.jackson.databind.JsonNode;
import io.mooring.platform.json.JsonTree;
import io.mooring.platform.outbound.GuardedFetch;
import io.mooring.platform.outbound.OutboundException;
import io.mooring.platform.problem.RefusedException;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jboss.logging.Logger;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.lang.JoseException;

/** The public keys of trusted issuers, fetched from where the tenant said, and kept for a while. */
@Singleton
final class IssuerKeys {
  static final Duration KEPT = Duration.ofMinutes(10);

  /** How often an unknown key id, or an issuer that fails, may make us fetch again. */
  static final Duration REFETCH = Duration.ofMinutes(1);

  static final int ISSUERS_MAX = 1_000;
  static final int KEYS_MAX = 50;
  static final int RSA_BITS_MIN = 2048;
  static final int RSA_BITS_MAX = 8192;

  private static final Logger LOG = Logger.getLogger(IssuerKeys.class);

  private final GuardedFetch fetch;
  private final InstantSource clock;
  private final ConcurrentMap<String, Fetched> fetched = new ConcurrentHashMap<>();

  IssuerKeys(GuardedFetch fetch, InstantSource clock) {
    this.fetch = fetch;
    this.clock = clock;
  }

  private record Fetched(Instant at, Map<String, Key> keys) {}

  Optional<Key> find(TrustedIssuer issuer, String keyId, String algorithm) {
    String name = algorithm + " " + keyId;
    Instant now = clock.instant();
    Fetched known = fetched.get(issuer.jwksUrl());
    if (known == null || isStale(known, name, now)) {
      known = fetch(issuer.jwksUrl(), now);
    }
    return Optional.ofNullable(known.keys().get(name));
  }

  private static boolean isStale(Fetched known, String name, Instant now) {
    Duration kept = known.keys().containsKey(name) ? KEPT : REFETCH;
    return !now.isBefore(known.at().plus(kept));
  }

  private Fetched fetch(String url, Instant now) {
    if (fetched.size() >= ISSUERS_MAX) {
      fetched.clear();
    }
    Fetched fresh = new Fetched(now, keys(url));
    fetched.put(url, fresh);
    return fresh;
  }

  private Map<String, Key> keys(String url) {
    try {
      byte[] json = fetch.get(url);
      JsonNode set = JsonTree.parseStrictly(json);
      if (set.path("keys").size() > KEYS_MAX) {
        return Map.of();
      }
      var keys = new HashMap<String, Key>();
      for (JsonWebKey key :
          new JsonWebKeySet(new String(json, StandardCharsets.UTF_8)).getJsonWebKeys()) {
        algorithmOf(key)
            .ifPresent(algorithm -> keys.put(algorithm + " " + key.getKeyId(), key.getKey()));
      }
      return keys;
    } catch (OutboundException | JoseException | RefusedException e) {
      LOG.infof("the keys of an issuer were not had: %s", e.getMessage());
      return Map.of();
    }
  }

  /** The one algorithm that a key is for by its kind, whatever a token says. */
  private static Optional<String> algorithmOf(JsonWebKey key) {
    if (!(key instanceof PublicJsonWebKey) || "enc".equals(key.getUse())) {
      return Optional.empty();
    }
    if (key instanceof RsaJsonWebKey rsa && isOfSafeSize(rsa.getRsaPublicKey())) {
      return Optional.of("RS256");
    }
    return key instanceof EllipticCurveJsonWebKey curve && curve.getCurveName().equals("P-256")
        ? Optional.of("ES256")
        : Optional.empty();
  }

  private static boolean isOfSafeSize(RSAPublicKey key) {
    int bits = key.getModulus().bitLength();
    return bits >= RSA_BITS_MIN && bits <= RSA_BITS_MAX;
  }
}
