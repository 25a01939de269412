package io.mooring.contracts;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What a deployment sets about its chains. */
@ConfigMapping(prefix = "mooring.contracts")
public interface ContractsConfig {
  /** Where the deployment is reached from outside: what every {@code rpcUrl} begins with. */
  @WithDefault("http://localhost:8080")
  String url();

  /** What the states of all chains together may hold in memory of what they have read. */
  @WithDefault("134217728")
  long cacheBytes();

  /** What they may hold on this machine's disk; a Lambda has 512 MB of it unless told otherwise. */
  @WithDefault("402653184")
  long pageFileBytes();
}
