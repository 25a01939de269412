package io.mooring.platform.http;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How rates are kept in this process. */
@ConfigMapping(prefix = "mooring.rates")
interface RatesConfig {
  /**
   * How long whoever sends too much waits at most for the answer that says so; not at all where
   * waiting is billed, and a gateway refuses before anybody is asked.
   */
  @WithDefault("0s")
  Duration refuseWithin();
}
