package io.mooring.api;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Where this process keeps what it is told. */
@ConfigMapping(prefix = "mooring.stores")
public interface StoresConfig {
  /** The DynamoDB table; {@code mooring} by default. */
  @WithDefault("mooring")
  String table();

  /** The S3 bucket; {@code mooring} by default. */
  @WithDefault("mooring")
  String bucket();

  /**
   * Whether to make the table and the bucket where they are not there; off by default, because in
   * the cloud they are part of the stack.
   */
  @WithDefault("false")
  boolean create();
}
