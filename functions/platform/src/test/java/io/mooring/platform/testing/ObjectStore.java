package io.mooring.platform.testing;

import io.mooring.platform.aws.Wire;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** An S3 in this process, in memory, with a new bucket for whoever asks; or one elsewhere. */
public final class ObjectStore {
  private static final AtomicInteger BUCKETS = new AtomicInteger();

  private final @Nullable S3Proxy proxy;
  private final S3Client client;

  private ObjectStore(@Nullable S3Proxy proxy, URI endpoint) {
    this.proxy = proxy;
    this.client = client(endpoint);
  }

  public static ObjectStore started() throws Exception {
    if (Elsewhere.endpoint().isPresent()) {
      return new ObjectStore(null, Elsewhere.endpoint().get());
    }
    S3Proxy proxy =
        S3Proxy.builder()
            .blobStore(new TransientNio2BlobStore())
            .awsAuthentication(AuthenticationType.AWS_V4, "local", "secret")
            .endpoint(URI.create("http://127.0.0.1:0"))
            .build();
    proxy.start();
    return new ObjectStore(proxy, URI.create("http://127.0.0.1:" + proxy.getPort()));
  }

  public static S3Client client(URI endpoint) {
    return S3Client.builder()
        .endpointOverride(endpoint)
        .region(Region.US_EAST_1)
        .forcePathStyle(true)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "secret")))
        .httpClientBuilder(Wire.builder())
        .build();
  }

  public S3Client client() {
    return client;
  }

  /** The name of a bucket that nobody else uses. */
  public String newBucket() {
    String bucket = Elsewhere.fresh("bucket-" + BUCKETS.incrementAndGet());
    client.createBucket(create -> create.bucket(bucket));
    return bucket;
  }

  public void stop() throws Exception {
    client.close();
    if (proxy != null) {
      proxy.stop();
    }
  }
}
