package io.mooring.platform.secret.s3;

import io.mooring.platform.secret.SecretName;
import io.mooring.platform.secret.Secrets;
import io.mooring.platform.table.StoreUnavailableException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Secrets as objects in a bucket of their own, each under its name, for processes that share no
 * folder. The bucket's key of KMS encrypts them; {@code keep} is a {@code PutObject} with {@code
 * If-None-Match: *}, and the bucket's policy refuses any other.
 */
public final class S3Secrets implements Secrets {
  private static final Duration CALL_MAX = Duration.ofSeconds(5);
  private static final String IF_NONE = "*";
  private static final int CONFLICT = 409;
  private static final int PRECONDITION_FAILED = 412;

  private final S3Client client;
  private final String bucket;

  public S3Secrets(S3Client client, String bucket) {
    this.client = client;
    this.bucket = bucket;
  }

  /** After a lost answer the client's own repetition finds its own object: that is kept, too. */
  @Override
  public boolean keep(String name, byte[] secret) {
    String key = SecretName.checked(name);
    try {
      client.putObject(
          put -> put.bucket(bucket).key(key).ifNoneMatch(IF_NONE).overrideConfiguration(within()),
          RequestBody.fromBytes(secret));
      return true;
    } catch (S3Exception e) {
      if (e.statusCode() == PRECONDITION_FAILED || e.statusCode() == CONFLICT) {
        return read(name).filter(kept -> MessageDigest.isEqual(kept, secret)).isPresent();
      }
      throw unavailable(name, e);
    } catch (SdkException | UncheckedIOException e) {
      throw unavailable(name, e);
    }
  }

  @Override
  public Optional<byte[]> read(String name) {
    String key = SecretName.checked(name);
    try {
      return Optional.of(
          client
              .getObjectAsBytes(get -> get.bucket(bucket).key(key).overrideConfiguration(within()))
              .asByteArray());
    } catch (NoSuchKeyException e) {
      return Optional.empty();
    } catch (SdkException | UncheckedIOException e) {
      throw unavailable(name, e);
    }
  }

  /** S3 lists in the order of the names' bytes, which is their order. */
  @Override
  public List<String> names(String prefix) {
    try {
      return client
          .listObjectsV2Paginator(
              list -> list.bucket(bucket).prefix(prefix).overrideConfiguration(within()))
          .contents()
          .stream()
          .map(S3Object::key)
          .toList();
    } catch (SdkException | UncheckedIOException e) {
      throw unavailable(prefix, e);
    }
  }

  @Override
  public void forget(String name) {
    String key = SecretName.checked(name);
    try {
      client.deleteObject(delete -> delete.bucket(bucket).key(key).overrideConfiguration(within()));
    } catch (SdkException | UncheckedIOException e) {
      throw unavailable(name, e);
    }
  }

  private static StoreUnavailableException unavailable(String name, RuntimeException e) {
    return new StoreUnavailableException("S3 failed on the secret " + name, e);
  }

  private static AwsRequestOverrideConfiguration within() {
    return AwsRequestOverrideConfiguration.builder().apiCallTimeout(CALL_MAX).build();
  }
}
