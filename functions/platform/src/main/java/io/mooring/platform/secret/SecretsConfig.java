package io.mooring.platform.secret;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;

/** Where the platform's secrets are kept. */
@ConfigMapping(prefix = "mooring.secrets")
public interface SecretsConfig {
  /** The folder, which must survive restarts and be closed to everybody else. */
  Path folder();
}
