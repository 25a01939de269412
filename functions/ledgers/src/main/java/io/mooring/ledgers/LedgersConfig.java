package io.mooring.ledgers;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What a deployment sets about its ledgers. */
@ConfigMapping(prefix = "mooring.ledgers")
public interface LedgersConfig {
  /**
   * What every new ledger's origin begins with: a name that the operator owns, without a scheme.
   * Ledgers keep the origin they were made with, so changing it or the host changes none of them.
   */
  @WithDefault("mooring.localhost")
  String origin();
}
