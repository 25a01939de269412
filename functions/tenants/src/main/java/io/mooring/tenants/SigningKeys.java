package io.mooring.tenants;

import io.mooring.platform.secret.Secrets;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The keys that sign this deployment's tokens, read from the secrets and rotated by their age. */
@Singleton
public final class SigningKeys {
  private static final String PREFIX = "signing-";

  /** How often the secrets are looked at, so that processes see each other's new keys. */
  static final Duration REREAD = Duration.ofMinutes(1);

  /** How often an unknown key id may make us look sooner. */
  static final Duration REREAD_FOR_UNKNOWN = Duration.ofSeconds(1);

  private final Secrets secrets;
  private final InstantSource clock;
  private final RandomGenerator random;
  private KeyRing ring = new KeyRing(List.of());
  private Instant read = Instant.MIN;

  public SigningKeys(Secrets secrets, InstantSource clock, RandomGenerator random) {
    this.secrets = secrets;
    this.clock = clock;
    this.random = random;
  }

  /** How long a reader may cache what is published. */
  public static final Duration CACHED = KeyRing.ANNOUNCED.dividedBy(2);

  /** The public halves of the keys whose tokens are good. */
  public List<PublishedKey> published() {
    return ring().keys().stream().map(PublishedKey::of).toList();
  }

  SigningKey signing() {
    return ring().signing(clock.instant());
  }

  Optional<SigningKey> verifying(String id) {
    Optional<SigningKey> known = ring().verifying(id);
    return known.isPresent() ? known : rereadForUnknown().verifying(id);
  }

  /** The keys as they are to be published. */
  synchronized KeyRing ring() {
    Instant now = clock.instant();
    if (read.isBefore(now.minus(REREAD))) {
      reread(now);
    }
    return ring;
  }

  /** Announces a new key at once; it signs after {@link KeyRing#ANNOUNCED}. */
  synchronized void rotate() {
    keep(SigningKey.fresh(clock.instant(), random));
    reread(clock.instant());
  }

  private synchronized KeyRing rereadForUnknown() {
    Instant now = clock.instant();
    if (read.isBefore(now.minus(REREAD_FOR_UNKNOWN))) {
      reread(now);
    }
    return ring;
  }

  private void reread(Instant now) {
    ring = stored();
    if (ring.isDue(now)) {
      keep(SigningKey.fresh(now, random));
      ring = stored();
    }
    for (SigningKey faded : ring.faded(now)) {
      secrets.forget(PREFIX + faded.id());
      ring = stored();
    }
    read = now;
  }

  private void keep(SigningKey fresh) {
    secrets.keep(PREFIX + fresh.id(), fresh.bytes());
  }

  private KeyRing stored() {
    return new KeyRing(
        secrets.names(PREFIX).stream()
            .flatMap(
                name ->
                    secrets.read(name).stream()
                        .map(bytes -> SigningKey.of(name.substring(PREFIX.length()), bytes)))
            .toList());
  }
}
