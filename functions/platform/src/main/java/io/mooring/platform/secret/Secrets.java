package io.mooring.platform.secret;

import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;

/**
 * Keeps the platform's own secrets, such as signing keys, under names.
 *
 * <p><b>Trust:</b> whoever reads here can issue tokens for every tenant.
 *
 * <p><b>Loss:</b> tokens and page tokens given out become invalid; no data is lost.
 */
public interface Secrets {
  int SECRET_BYTES = 32;

  /** Keeps bytes under a name that holds none yet; returns whether it did. */
  boolean keep(String name, byte[] secret);

  Optional<byte[]> read(String name);

  /** Returns the names that begin so, in order. */
  List<String> names(String prefix);

  void forget(String name);

  /**
   * Returns the random bytes of that name: made at the first call, the same for everybody after.
   */
  default byte[] secret(String name) {
    return read(name)
        .orElseGet(
            () -> {
              byte[] fresh = new byte[SECRET_BYTES];
              new SecureRandom().nextBytes(fresh);
              return keep(name, fresh) ? fresh : read(name).orElseThrow();
            });
  }
}
