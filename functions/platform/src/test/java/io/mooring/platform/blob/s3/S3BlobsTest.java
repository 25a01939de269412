package io.mooring.platform.blob.s3;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.mooring.ledger.Hash;
import io.mooring.platform.TenantId;
import io.mooring.platform.blob.BlobName;
import io.mooring.platform.blob.Blobs;
import io.mooring.platform.blob.BlobsContract;
import io.mooring.platform.blob.BlobsUnavailableException;
import io.mooring.platform.testing.ObjectStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;

class S3BlobsTest extends BlobsContract {
  private static ObjectStore store;

  @BeforeAll
  static void start() throws Exception {
    store = ObjectStore.started();
  }

  @AfterAll
  static void stop() throws Exception {
    store.stop();
  }

  @Override
  protected Blobs fresh() {
    return new S3Blobs(store.client(), store.newBucket());
  }

  @Test
  void aConnectionThatBreaksIsUnavailableWhateverWayTheClientTellsOfIt() throws Exception {
    try (ServerSocket hangsUp = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> hangUp(hangsUp));
      URI there = URI.create("http://127.0.0.1:" + hangsUp.getLocalPort());
      try (S3Client broken = ObjectStore.client(there)) {
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
    Blobs nowhere = new S3Blobs(store.client(), "no-such-bucket");
    BlobName name = BlobName.payload(new TenantId("ten_acme"), Hash.ofNothing());
    assertThrows(BlobsUnavailableException.class, () -> nowhere.create(name, "content".getBytes()));
  }
}
