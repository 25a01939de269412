package io.mooring.api;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

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

  /**
   * The one region whose processes write, where there are several; a process elsewhere reads only.
   */
  Optional<String> homeRegion();

  /** The region that this process runs in; Lambda sets it for us. */
  @WithDefault("${AWS_REGION:}")
  Optional<String> region();

  /**
   * The queue in front of contended ledgers. Where there is none, the processes race, which is
   * right where they are few: on a laptop there is one.
   */
  Optional<IntakeQueue> intake();

  /** Two SQS queues, by their addresses. */
  interface IntakeQueue {
    String queue();

    /** Where a message goes that can never be dealt with, with the reason. */
    String deadLetters();
  }
}
