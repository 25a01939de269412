package io.mooring.platform.outbound;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Where requests may go that tenants have named. */
@ConfigMapping(prefix = "mooring.outbound")
public interface OutboundConfig {
  /** Lets requests go to this machine, by plain HTTP too: for development and tests. */
  @WithDefault("false")
  boolean loopback();
}
