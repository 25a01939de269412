package io.mooring.tenants;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The signing keys at one moment, and what each of them is good for: a new key is announced before
 * it signs, and an old one stays published until the last token that it signed has expired. So keys
 * change without a moment in which a good token is refused.
 */
record KeyRing(List<SigningKey> keys) {
  /** How long a new key is published before it signs; a reader may cache the JWKS half as long. */
  static final Duration ANNOUNCED = Duration.ofMinutes(10);

  static final Duration SIGNING = Duration.ofDays(30);

  /** After its successor has taken over: the longest token, and both clocks' skew. */
  static final Duration FADING =
      Duration.ofSeconds(
          TenantsLimit.TOKEN_SECONDS_MAX.value() + 2 * TenantsLimit.CLOCK_SKEW_SECONDS_MAX.value());

  KeyRing {
    keys = keys.stream().sorted(Comparator.comparing(SigningKey::made)).toList();
  }

  boolean isDue(Instant now) {
    return keys.isEmpty() || !now.isBefore(keys.getLast().made().plus(SIGNING));
  }

  /** The key that signs: the newest that was announced long enough, or the only ones there are. */
  SigningKey signing(Instant now) {
    return keys.reversed().stream()
        .filter(key -> !now.isBefore(key.made().plus(ANNOUNCED)))
        .findFirst()
        .orElseGet(keys::getFirst);
  }

  Optional<SigningKey> verifying(String id) {
    return keys.stream().filter(key -> key.id().equals(id)).findFirst();
  }

  /** The keys whose last tokens have expired. */
  List<SigningKey> faded(Instant now) {
    SigningKey signing = signing(now);
    return keys.stream()
        .filter(key -> key.made().isBefore(signing.made()))
        .filter(key -> !now.isBefore(successorOf(key).made().plus(ANNOUNCED).plus(FADING)))
        .toList();
  }

  private SigningKey successorOf(SigningKey key) {
    return keys.get(keys.indexOf(key) + 1);
  }
}
