package io.mooring.tenants;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** How this deployment knows who calls. What has no default must be set, or nothing starts. */
@ConfigMapping(prefix = "mooring.identity")
public interface IdentityConfig {
  /** The issuer of this deployment's tokens: its public URL, unlike any other deployment's. */
  String issuer();

  /** Whom this deployment's tokens are for. */
  String audience();

  /** How long a token is good. */
  int tokenSeconds();

  /** The operator's key, {@code mk_operator_…}; where there is none, nobody is the operator. */
  Optional<String> operatorKey();

  /** Whether anybody may create a tenant. */
  @WithDefault("false")
  boolean signUp();

  /** The plan of a tenant whose creator names none. */
  @WithDefault("scale")
  String planUnasked();
}
