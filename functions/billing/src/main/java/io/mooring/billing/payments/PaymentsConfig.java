package io.mooring.billing.payments;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What money buys here. */
@ConfigMapping(prefix = "mooring.payments")
public interface PaymentsConfig {
  /** The currency that is taken, as ISO 4217 in lower case. */
  @WithDefault("eur")
  String currency();

  /** How many CPC a minor unit (a cent) of it buys. */
  @WithDefault("1000")
  long cpcPerMinorUnit();

  /** How many ITC a minor unit of it buys. */
  @WithDefault("1000")
  long itcPerMinorUnit();
}
