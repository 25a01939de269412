package io.mooring.billing.reconciliation;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How often credits are reconciled. */
@ConfigMapping(prefix = "mooring.reconciliation")
public interface ReconciliationConfig {
  /** The time between two rounds over all tenants in this process; 0 for none. */
  @WithDefault("1h")
  Duration every();
}
