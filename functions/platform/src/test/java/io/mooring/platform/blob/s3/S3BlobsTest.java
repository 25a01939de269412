package io.mooring.platform.blob.s3;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.mooring.ledger.Hash;
import io.mooring.platform.TenantId;
import io.mooring.platform.blob.BlobName;
import io.mooring.platform.blob.Blobs;
import io.mooring.platform.blob.BlobsContract;
import io.mooring.platform.blob.BlobsUnavailableException;
import io.mooring.platform.testing.Elsewhere;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

class S3BlobsTest extends BlobsContract {
  private static final AtomicInteger BUCKETS = new AtomicInteger();
  private static @Nullable S3Proxy proxy;
  private static S3Client client;

  @BeforeAll
  static void start() throws Exception {
    client = client(Elsewhere.endpoint().isPresent() ? Elsewhere.endpoint().get() : startProxy());
  }

  private static URI startProxy() throws Exception {
    proxy =
        S3Proxy.builder()
            .blobStore(new TransientNio2BlobStore())
            .awsAuthentication(AuthenticationType.AWS_V4, "local", "secret")
            .endpoint(URI.create("http://127.0.0.1:0"))
            .build();
    proxy.start();
    return local(proxy.getPort());
  }

  private static URI local(int port) {
    return URI.create("http://127.0.0.1:" + port);
  }

  private static S3Client client(URI endpoint) {
    return S3Client.builder()
        .endpointOverride(endpoint)
        .region(Region.US_EAST_1)
        .forcePathStyle(true)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "secret")))
        .httpClient(UrlConnectionHttpClient.create())
        .build();
  }

  @AfterAll
  static void stop() throws Exception {
    client.close();
    if (proxy != null) {
      proxy.stop();
    }
  }

  @Override
  protected Blobs fresh() {
    String bucket = Elsewhere.fresh("bucket-" + BUCKETS.incrementAndGet());
    client.createBucket(create -> create.bucket(bucket));
    return new S3Blobs(client, bucket);
  }

  @Test
  void aConnectionThatBreaksIsUnavailableWhateverWayTheClientTellsOfIt() throws Exception {
    try (ServerSocket hangsUp = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> hangUp(hangsUp));
      try (S3Client broken = client(local(hangsUp.getLocalPort()))) {
        Blobs blobs = new S3Blobs(broken, "bucket");
        BlobName name = BlobName.payload(new TenantId("ten_acme"), Hash.ofNothing());
        assertThrows(BlobsUnavailableException.class, () -> blobs.create(name, new byte[9]));
        assertThrows(BlobsUnavailableException.class, () -> blobs.get(name));
        assertThrows(BlobsUnavailableException.class, () -> blobs.list("", ""));
      }
    }
  }

  private static void hangUp(ServerSocket server) {
    while (!server.isClosed()) {
      try {
        server.accept().close();
      } catch (IOException e) {
        return; // the test has closed it
      }
    }
  }

  @Test
  void aStoreThatDoesNotAnswerIsUnavailableAndNotEmpty() {
    Blobs nowhere = new S3Blobs(client, "no-such-bucket");
    BlobName name = BlobName.payload(new TenantId("ten_acme"), Hash.ofNothing());
    assertThrows(BlobsUnavailableException.class, () -> nowhere.create(name, "content".getBytes()));
  }
}
