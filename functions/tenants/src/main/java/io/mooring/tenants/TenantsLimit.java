package io.mooring.tenants;

import io.mooring.platform.limit.Bound;
import io.mooring.platform.limit.Limit;

/** The bounds of tenants and identity. */
public enum TenantsLimit implements Limit {
  NAME_CHARACTERS_MAX("nameCharactersMax", 100),
  CREDENTIAL_CHARACTERS_MAX("credentialCharactersMax", 8192),
  TOKEN_SECONDS_MAX("tokenSecondsMax", 3600),
  CLOCK_SKEW_SECONDS_MAX("clockSkewSecondsMax", 30),
  REVOCATION_SECONDS_MAX("revocationSecondsMax", 5),
  KEY_EXPIRY_SECONDS_MAX("keyExpirySecondsMax", 10L * 365 * 24 * 3600),
  KEY_OVERLAP_SECONDS_MAX("keyOverlapSecondsMax", 30L * 24 * 3600),
  KEY_OVERLAP_SECONDS_UNASKED("keyOverlapSecondsUnasked", 24L * 3600),
  URL_CHARACTERS_MAX("urlCharactersMax", 512),
  SUBJECT_CHARACTERS_MAX("subjectCharactersMax", 255),
  ISSUER_ROLES_MAX("issuerRolesMax", 20);

  private final Bound bound;

  TenantsLimit(String word, long value) {
    this.bound = new Bound(word, value);
  }

  @Override
  public Bound bound() {
    return bound;
  }
}
