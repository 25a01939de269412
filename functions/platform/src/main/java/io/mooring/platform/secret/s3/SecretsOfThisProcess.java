package io.mooring.platform.secret.s3;

import io.mooring.platform.secret.FolderSecrets;
import io.mooring.platform.secret.Secrets;
import io.mooring.platform.secret.SecretsConfig;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import software.amazon.awssdk.services.s3.S3Client;

/** Opens the secrets that this process is configured with; what it is not, does not start. */
final class SecretsOfThisProcess {
  SecretsOfThisProcess() {}

  @Produces
  @Singleton
  @Startup
  static Secrets secrets(SecretsConfig config, Instance<S3Client> objects) {
    if (config.folder().isPresent() == config.bucket().isPresent()) {
      throw new IllegalStateException(
          "one of mooring.secrets.folder and mooring.secrets.bucket has to be set");
    }
    return config
        .bucket()
        .<Secrets>map(bucket -> new S3Secrets(objects.get(), bucket))
        .orElseGet(() -> new FolderSecrets(config.folder().orElseThrow()));
  }
}
