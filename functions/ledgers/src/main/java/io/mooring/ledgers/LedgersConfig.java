package io.mooring.ledgers;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What a deployment sets about its ledgers. */
@ConfigMapping(prefix = "mooring.ledgers")
public interface LedgersConfig {
  /**
   * What every new ledger's origin begins with: a name that the operator owns, without a scheme.
   * Ledgers keep the origin they were made with, so changing it or the host changes none of them.
   */
  @WithDefault("mooring.localhost")
  String origin();

  /**
   * How often this process looks for objects that no commit names, the first time a tenth of that
   * after its start; zero for never, where a schedule of the cloud does it.
   */
  @WithDefault("PT24H")
  Duration sweepEvery();
}
