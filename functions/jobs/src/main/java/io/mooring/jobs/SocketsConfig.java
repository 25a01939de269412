package io.mooring.jobs;

import io.smallrye.config.ConfigMapping;
import java.net.URI;
import java.util.Optional;

/** The WebSocket API whose connections this deployment answers. */
@ConfigMapping(prefix = "mooring.sockets")
interface SocketsConfig {
  /** Where it takes messages for its connections: its address with its stage. */
  Optional<URI> endpoint();
}
