package io.mooring.platform.secret;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Optional;

/** Where the platform's secrets are kept: in one of the two. */
@ConfigMapping(prefix = "mooring.secrets")
public interface SecretsConfig {
  /** The folder, which must survive restarts and be closed to everybody else. */
  Optional<Path> folder();

  /** The bucket, which must hold nothing else. */
  Optional<String> bucket();
}
