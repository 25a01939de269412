package io.mooring.platform.identity;

import io.mooring.platform.problem.PlatformRefusal;
import io.mooring.platform.problem.RefusedException;
import java.util.List;

/**
 * Takes the credential out of {@code Authorization: Bearer} (RFC 6750), the same for every adapter.
 */
public final class Bearer {
  private static final String SCHEME = "bearer ";

  private Bearer() {}

  /** Reads the values of all Authorization headers, of which there must be one. */
  public static String of(List<String> authorizations) {
    if (authorizations.isEmpty()) {
      throw new RefusedException(
          PlatformRefusal.CREDENTIAL_MISSING, "there is no Authorization header");
    }
    String value = authorizations.getFirst();
    if (authorizations.size() > 1 || !value.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      throw new RefusedException(
          PlatformRefusal.CREDENTIAL_REFUSED, "send one Authorization header of the scheme Bearer");
    }
    return value.substring(SCHEME.length()).strip();
  }
}
