package io.mooring.platform.secret;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Opens the secrets that this process is configured with. */
final class SecretsOfThisProcess {
  @Produces
  @Singleton
  static Secrets secrets(SecretsConfig config) {
    return new FolderSecrets(config.folder());
  }
}
