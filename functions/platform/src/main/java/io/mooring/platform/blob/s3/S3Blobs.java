package io.mooring.platform.blob.s3;

import io.mooring.platform.blob.BlobName;
import io.mooring.platform.blob.Blobs;
import io.mooring.platform.blob.BlobsUnavailableException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Objects in one S3 bucket. {@code create} is a {@code PutObject} with {@code If-None-Match: *}. A
 * connection that breaks at the wrong moment comes out of the client as an unchecked I/O exception.
 *
 * <pre>
 * ten_acme/led_journal/segment/&lt;sha256&gt;    a commit's body
 * ten_acme/led_journal/content/&lt;sha256&gt;    salt and content of an entry that can be erased
 * ten_acme/led_journal/head                the last published head
 * ten_acme/led_journal/log/…               static files of the public log
 * ten_acme/led_journal/intake/&lt;sha256&gt;     a large write on its way through the intake
 * ten_acme/payload/&lt;sha256&gt;                a payload that the tenant uploaded
 * </pre>
 */
public final class S3Blobs implements Blobs {
  /** How long one call may take, a large segment included. */
  public static final Duration CALL_MAX = Duration.ofSeconds(10);

  private static final String IF_NONE = "*";
  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;
  private static final int PRECONDITION_FAILED = 412;

  private final S3Client client;
  private final String bucket;

  public S3Blobs(S3Client client, String bucket) {
    this.client = client;
    this.bucket = bucket;
  }

  @Override
  public Created create(BlobName name, byte[] content) {
    try {
      client.putObject(
          put ->
              put.bucket(bucket)
                  .key(name.value())
                  .ifNoneMatch(IF_NONE)
                  .overrideConfiguration(within()),
          RequestBody.fromBytes(content));
      return Created.NEW;
    } catch (S3Exception e) {
      if (e.statusCode() == PRECONDITION_FAILED) {
        return Created.ALREADY_THERE;
      }
      if (e.statusCode() == CONFLICT) {
        throw new BlobsUnavailableException("another upload of " + name + " was under way", e);
      }
      throw unavailable(name, e);
    } catch (SdkException | UncheckedIOException e) {
      throw unavailable(name, e);
    }
  }

  @Override
  public void replace(BlobName name, byte[] content) {
    try {
      client.putObject(
          put -> put.bucket(bucket).key(name.value()).overrideConfiguration(within()),
          RequestBody.fromBytes(content));
    } catch (SdkException | UncheckedIOException e) {
      throw unavailable(name, e);
    }
  }

  @Override
  public Optional<byte[]> get(BlobName name) {
    try {
      return Optional.of(
          client
              .getObjectAsBytes(
                  get -> get.bucket(bucket).key(name.value()).overrideConfiguration(within()))
              .asByteArrayUnsafe());
    } catch (S3Exception e) {
      return absentOrUnavailable(name, e);
    } catch (SdkException | UncheckedIOException e) {
      throw unavailable(name, e);
    }
  }

  @Override
  public Optional<byte[]> get(BlobName name, long from, int length) {
    String range = "bytes=" + from + "-" + (from + length - 1);
    try {
      return Optional.of(
          client
              .getObjectAsBytes(
                  get ->
                      get.bucket(bucket)
                          .key(name.value())
                          .range(range)
                          .overrideConfiguration(within()))
              .asByteArrayUnsafe());
    } catch (S3Exception e) {
      return absentOrUnavailable(name, e);
    } catch (SdkException e) {
      throw unavailable(name, e);
    }
  }

  @Override
  public Optional<Long> length(BlobName name) {
    try {
      return Optional.of(
          client
              .headObject(
                  head -> head.bucket(bucket).key(name.value()).overrideConfiguration(within()))
              .contentLength());
    } catch (S3Exception e) {
      return absentOrUnavailable(name, e);
    } catch (SdkException | UncheckedIOException e) {
      throw unavailable(name, e);
    }
  }

  @Override
  public void delete(BlobName name) {
    try {
      client.deleteObject(
          delete -> delete.bucket(bucket).key(name.value()).overrideConfiguration(within()));
    } catch (SdkException | UncheckedIOException e) {
      throw unavailable(name, e);
    }
  }

  @Override
  public List<Listed> list(String prefix, String after) {
    try {
      return client
          .listObjectsV2(
              list ->
                  list.bucket(bucket)
                      .prefix(prefix)
                      .startAfter(after.isEmpty() ? null : after)
                      .maxKeys(LIST_MAX)
                      .overrideConfiguration(within()))
          .contents()
          .stream()
          .map(object -> new Listed(new BlobName(object.key()), object.lastModified()))
          .toList();
    } catch (SdkException | UncheckedIOException e) {
      throw new BlobsUnavailableException("S3 did not list " + prefix, e);
    }
  }

  private static <T> Optional<T> absentOrUnavailable(BlobName name, S3Exception e) {
    if (e.statusCode() == NOT_FOUND) {
      return Optional.empty();
    }
    throw unavailable(name, e);
  }

  private static BlobsUnavailableException unavailable(BlobName name, RuntimeException e) {
    return new BlobsUnavailableException("S3 failed on " + name, e);
  }

  private static AwsRequestOverrideConfiguration within() {
    return AwsRequestOverrideConfiguration.builder().apiCallTimeout(CALL_MAX).build();
  }
}
