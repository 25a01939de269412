package io.mooring.jobs;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** Where published messages go that are refused for good. */
@ConfigMapping(prefix = "mooring.readings")
interface ReadingsConfig {
  /** An SQS queue, by its address. */
  Optional<String> deadLetters();
}
