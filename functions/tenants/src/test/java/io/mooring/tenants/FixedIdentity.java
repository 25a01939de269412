package io.mooring.tenants;

import java.util.Optional;

/** A configuration for tests that start nothing. */
record FixedIdentity(Optional<String> operatorKey, int tokenSeconds) implements IdentityConfig {
  @Override
  public String issuer() {
    return "https://mooring.test";
  }

  @Override
  public String audience() {
    return "https://mooring.test/api";
  }

  @Override
  public boolean signUp() {
    return false;
  }

  @Override
  public String planUnasked() {
    return "scale";
  }
}
