package io.mooring.platform.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mooring.ledger.Hash;
import io.mooring.platform.LedgerId;
import io.mooring.platform.TenantId;
import io.mooring.platform.blob.BlobName;
import io.mooring.platform.blob.BlobsUnavailableException;
import io.mooring.platform.blob.s3.S3Blobs;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** A real client of S3 against a server that reads the head of a request and hangs up. */
class WireTest {
  private static final BlobName NAME =
      BlobName.segment(LedgerId.journal(new TenantId("ten_acme1")), Hash.ofNothing());

  private final BlockingQueue<String> heads = new LinkedBlockingQueue<>();
  private ServerSocket server;
  private S3Blobs blobs;

  @BeforeEach
  void start() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::hangUpOnEverybody);
    S3Client client =
        S3Client.builder()
            .endpointOverride(URI.create("http://127.0.0.1:" + server.getLocalPort()))
            .region(Region.US_EAST_1)
            .forcePathStyle(true)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "secret")))
            .httpClientBuilder(Wire.builder())
            .build();
    blobs = new S3Blobs(client, "bucket");
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  @Test
  void aBrokenConnectionIsAnObjectStoreThatDoesNotAnswer() throws Exception {
    assertThrows(BlobsUnavailableException.class, () -> blobs.create(NAME, new byte[100]));
    assertThrows(
        BlobsUnavailableException.class,
        () -> blobs.create(NAME, new byte[(int) Wire.ASK_FIRST_BYTES]));
  }

  @Test
  void onlyALargeBodyAsksFirst() throws Exception {
    assertThrows(BlobsUnavailableException.class, () -> blobs.create(NAME, new byte[100]));
    assertEquals(0, asking());
    assertThrows(
        BlobsUnavailableException.class,
        () -> blobs.create(NAME, new byte[(int) Wire.ASK_FIRST_BYTES]));
    assertTrue(asking() > 0);
  }

  private long asking() {
    long asking = heads.stream().filter(head -> head.contains("expect: 100-continue")).count();
    heads.clear();
    return asking;
  }

  private void hangUpOnEverybody() {
    try {
      while (true) {
        try (Socket client = server.accept()) {
          heads.add(head(client.getInputStream()));
        }
      }
    } catch (IOException e) {
      assertTrue(server.isClosed(), e.toString());
    }
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        break;
      }
      head.append((char) next);
    }
    return head.toString().toLowerCase(Locale.ROOT);
  }
}
