package io.mooring.ledgers.s3;

import io.mooring.ledgers.Addresses;
import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** Signs for the bucket that the application keeps its objects in. */
final class AddressBeans {
  AddressBeans() {}

  @Produces
  @Singleton
  @DefaultBean
  static Addresses addresses(
      S3Presigner presigner,
      @ConfigProperty(name = "mooring.stores.bucket", defaultValue = "mooring") String bucket) {
    return new S3Addresses(presigner, bucket);
  }
}
